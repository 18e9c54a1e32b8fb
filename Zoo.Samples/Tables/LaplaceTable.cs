using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using Zoo.Samples.Training;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>Gaussian units on a whitened mixture of two Laplace sources.</summary>
internal sealed class LaplaceTable : PublishedTable
{
    const int Training = 50_000, First = 50_000, Epochs = 50, Chains = 100, Temperatures = 1000;

    public override string Name => "laplace";

    public override string Purpose => "A machine of Gaussian units on two mixed Laplace sources: likelihood, and log Z in three ways.";

    public override string Heading => "mixture of two Laplace sources";

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        new("training", "training points", "F4"), new("test", "50,000 others", "F4"), new("more", "a million others", "F4"),
        new("log_partition", "log Z, enumerated", "F4"), new("forward", "annealed", "F4"), new("backward", "backward", "F4"),
    ];

    public override string Protocol(TableScale scale) =>
        "Mean log-likelihood, nats a point: two visible and four hidden units, "
            + Invariant($"{Training:N0} points, {Steps(scale):N0} steps of a thousand, rates falling in a ")
            + Invariant($"straight line to 0; annealed: {Chains} chains of {Temperatures:N0} temperatures. ")
            + "Each seed has a mixture and points of its own. First weights: `RareComponents`.";

    public override IReadOnlyList<PublishedRow> Published { get; } =
    [
        new("GRBM_2D", "PyDeep's tutorial, points of its own", new Dictionary<string, string>
        {
            ["training"] = "−2.7412", ["test"] = "−2.7362", ["log_partition"] = "1.4042", ["forward"] = "1.4039", ["backward"] = "1.4064",
        }),
    ];

    static int Others(TableScale scale) => scale.Steps is null ? 1_000_000 : First;

    static long Steps(TableScale scale) =>
        scale.Steps ?? (long)(scale.IsFull ? 10 * Epochs : Epochs) * (Training / LaplaceRbm.Card.BatchSize);

    public override IReadOnlyList<Trial> Trials(TableScale scale)
    {
        string settings;
        using (var fresh = new LaplaceRbm(0, Device.Cpu))
            settings = Invariant($"{ModelSettings.Of(fresh, LaplaceRbm.Card)} steps={Steps(scale)}");
        return [.. SeedsOf(scale).Select(seed => new Trial(LaplaceRbm.Card.Name, seed, settings, Steps(scale), work => Run(scale, work)))];
    }

    static Dictionary<string, double>? Run(TableScale scale, TrialWork work)
    {
        var data = ExampleSet.LaplaceMixture(Training, Others(scale), work.Seed);
        using var model = work.Trained(
            (seed, device) => new LaplaceRbm(seed, device), fresh => new FloatBatches(data.Training, 2, fresh.BatchSize, work.Seed),
            Steps(scale), fresh => RareComponents.Set(fresh, work.Seed));
        if (model is null) return null;
        return new()
        {
            ["training"] = model.LogLikelihood(data.Training),
            ["test"] = model.LogLikelihood(data.Test.AsSpan(0, 2 * First)),
            ["more"] = Others(scale) > First ? model.LogLikelihood(data.Test) : double.NaN,
            ["log_partition"] = model.LogPartition(),
            ["forward"] = model.EstimateLogPartition(1, Chains, Temperatures).LogPartition,
            ["backward"] = model.EstimateLogPartition(1, Chains, Temperatures, reverse: true).LogPartition,
        };
    }
}
