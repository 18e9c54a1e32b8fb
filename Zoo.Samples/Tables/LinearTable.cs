using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>A linear VAE, whose best likelihood is that of probabilistic PCA.</summary>
internal sealed class LinearTable : PublishedTable
{
    const int Latent = 3;

    static readonly int[] Samples = [1, 5, 50];

    public override string Name => "linear";

    public override string Purpose => "A linear VAE with a learned variance beside probabilistic PCA, whose likelihood is its optimum.";

    public override string Heading => "points of a linear law";

    public override int Seeds => 3;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        .. Samples.Select(k => new TableColumn(Bound(k), Invariant($"L{k}"), "F4")),
        new("log_likelihood", "log p", "F4"), new("behind", "behind the optimum", "F4"),
    ];

    public override string Protocol(TableScale scale) =>
        "Nats a point: importance-weighted bounds of 1, 5 and 50 samples, log p(x) in closed form, "
            + Invariant($"and what it lacks of the most there is; {Steps(scale):N0} steps of all points, rates falling in a straight ")
            + "line to 0.";

    public override IReadOnlyList<PublishedRow> Published { get; } =
    [
        new("probabilistic PCA", "Tipping and Bishop 1999, eq. 8", new Dictionary<string, string>
        {
            ["log_likelihood"] = TableText.Number(
                LinearGaussian.Optimum(LinearBatches.Rows(LinearVae.Card.BatchSize), LinearBatches.Size, Latent), new("", "", "F4")),
        }),
    ];

    static string Bound(int samples) => Invariant($"bound_{samples}");

    static long Steps(TableScale scale) => scale.Steps ?? (scale.IsFull ? 40_000 : 4_000);

    public override IReadOnlyList<Trial> Trials(TableScale scale)
    {
        string settings;
        using (var fresh = new LinearVae(0, Device.Cpu))
            settings = Invariant($"{ModelSettings.Of(fresh, LinearVae.Card)} steps={Steps(scale)}");
        return [.. SeedsOf(scale).Select(seed => new Trial(LinearVae.Card.Name, seed, settings, Steps(scale), work => Run(scale, work)))];
    }

    static Dictionary<string, double>? Run(TableScale scale, TrialWork work)
    {
        using var model = work.Trained(
            (seed, device) => new LinearVae(seed, device), fresh => new LinearBatches(fresh.BatchSize), Steps(scale));
        if (model is null) return null;
        var points = LinearBatches.Rows(model.BatchSize);
        var values = Samples.ToDictionary(Bound, samples => model.LogLikelihood(points, samples));
        values["log_likelihood"] = LinearGaussian.LogLikelihood(model, points);
        values["behind"] = LinearGaussian.Optimum(points, LinearBatches.Size, Latent) - values["log_likelihood"];
        return values;
    }
}
