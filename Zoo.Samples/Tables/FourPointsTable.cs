using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using Zoo.Samples.Training;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>The synthetic example of adversarial variational Bayes beside its Gaussian twin.</summary>
internal sealed class FourPointsTable : PublishedTable
{
    // The authors'; their networks are larger besides.
    const long FullSteps = 100_000;

    public override string Name => "four-points";

    public override string Purpose => "log p(x) of four points: a posterior that is any function of noise beside a Gaussian one.";

    public override string Heading => "four points";

    public override int Seeds => 3;

    public override IReadOnlyList<TableColumn> Columns { get; } = [new("log_likelihood", "log p(x), nats", "F4")];

    public override IReadOnlyList<PublishedRow> Published { get; } =
        [new("the most there is", "−log 4", new Dictionary<string, string> { ["log_likelihood"] = "−1.3863" })];

    public override string Protocol(TableScale scale) =>
        Invariant($"{StepsOf(Recipes[0], scale):N0} steps; log p(x), the mean of the four, is ")
            + "integrated on a grid over the plane of codes.";

    static IFourPointsRecipe[] Recipes { get; } = [.. RecipeBook.All.OfType<IFourPointsRecipe>()];

    static long StepsOf(IFourPointsRecipe recipe, TableScale scale) => scale.Steps ?? (scale.IsFull ? FullSteps : recipe.Steps);

    public override IReadOnlyList<Trial> Trials(TableScale scale) =>
    [
        .. from recipe in Recipes
           let steps = StepsOf(recipe, scale)
           let settings = Invariant($"{SettingsOf(recipe)} steps={steps}")
           from seed in SeedsOf(scale)
           select new Trial(recipe.Name, seed, settings, steps, work => Run(recipe, steps, work)),
    ];

    static string SettingsOf(IFourPointsRecipe recipe)
    {
        using var fresh = recipe.OpenFourPoints(new TrainingSettings(0, Device.Cpu, null, null, 1, null, null));
        return ModelSettings.Of(fresh.Model, RecipeBook.Named(recipe.Name).Card);
    }

    static Dictionary<string, double>? Run(IFourPointsRecipe recipe, long steps, TrialWork work)
    {
        using var run = recipe.OpenFourPoints(new TrainingSettings(work.Seed, work.Device, null, null, steps, null, work.Stopped));
        if (work.Train(run.Model, run.Batches, steps, watch: run.Watch)) return new() { ["log_likelihood"] = run.LogLikelihood() };
        work.Keep(run.Model);
        return null;
    }
}
