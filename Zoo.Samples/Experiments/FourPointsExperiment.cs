using System.Globalization;
using System.Text;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Samples.Experiments;

/// <summary>What a training on four points came to.</summary>
/// <param name="Model">Its class.</param>
/// <param name="Seed">Of everything.</param>
/// <param name="Steps">How many.</param>
/// <param name="LogLikelihood">Mean log p(x) of the four by quadrature, nats.</param>
internal sealed record FourPointsResult(string Model, ulong Seed, long Steps, double LogLikelihood);

/// <summary>
/// Trains each model of four points from each seed, one after the other, and integrates log p(x). A training's checkpoint is its result:
/// one that was stopped goes on, one that is finished is only measured again.
/// </summary>
/// <param name="recipes">The models.</param>
/// <param name="seeds">From 1 to so many.</param>
/// <param name="steps">Of every training; null for what its recipe has.</param>
/// <param name="folder">For checkpoints.</param>
/// <param name="device">Where they run.</param>
internal sealed class FourPointsExperiment(IReadOnlyList<IFourPointsRecipe> recipes, int seeds, long? steps, string folder, Device device)
{
    public static string Heading { get; } = "model           seed    steps     log p";

    public int Trainings => recipes.Count * seeds;

    public long Length => recipes.Sum(recipe => seeds * (steps ?? recipe.Steps));

    /// <summary>In order; fewer where it was told to stop.</summary>
    /// <exception cref="CommandException">A training diverged, or a checkpoint does not fit.</exception>
    public IReadOnlyList<FourPointsResult> Run(IProgressDisplay display, CancellationToken stop)
    {
        var (results, before) = (new List<FourPointsResult>(), 0L);
        foreach (var recipe in recipes)
        {
            for (var seed = 1UL; seed <= (ulong)seeds; seed++)
            {
                var length = steps ?? recipe.Steps;
                var path = Path.Combine(folder, $"{recipe.Name}-seed{seed}-of{length}.safetensors");
                using var run = recipe.OpenFourPoints(
                    new TrainingSettings(seed, device, null, null, length, null, File.Exists(path) ? path : null));
                var status = $"{recipe.Name}, seed {seed}";
                var isDone = new TrainingLoop(run).Run(new Quiet(position => display.At(before + position, () => status)), _ => { }, stop);
                run.Model.Save(path);
                if (!isDone) return results;
                before += length;
                results.Add(new(recipe.Name, seed, length, run.LogLikelihood()));
                display.Line(string.Create(CultureInfo.InvariantCulture,
                    $"{recipe.Name,-15} {seed,4} {length,8:N0} {results[^1].LogLikelihood,9:F4}"));
            }
        }
        return results;
    }

    /// <summary>Results as a table in Markdown, below what no model can exceed.</summary>
    public static string Markdown(IReadOnlyList<FourPointsResult> results)
    {
        var text = new StringBuilder("| four points | log p(x), nats, by seed | mean | steps |\n|---|---|---|---|\n");
        text.Append("| the most there is, −log 4 |  | −1.3863 |  |\n");
        foreach (var model in results.GroupBy(result => (result.Model, result.Steps)))
        {
            var each = string.Join(' ', model.Select(r => Number(r.LogLikelihood)));
            var mean = Number(model.Average(r => r.LogLikelihood));
            text.Append(CultureInfo.InvariantCulture, $"| {model.Key.Model} | {each} | {mean} | {model.Key.Steps:N0} |\n");
        }
        return text.ToString();

        static string Number(double value) => value.ToString("F4", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>The steps of one training on the way to those of all; its own table is not shown.</summary>
    sealed class Quiet(Action<long> at) : IProgressDisplay
    {
        public void Show(IEnumerable<string> heading, long length, Action work) => work();

        public void At(long position, Func<string> status) => at(position);

        public void Line(string text) { }
    }
}
