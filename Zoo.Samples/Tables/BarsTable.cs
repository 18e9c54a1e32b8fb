using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>Bars and stripes, whose likelihood is known to the end.</summary>
internal sealed class BarsTable : PublishedTable
{
    public override string Name => "bars";

    public override string Purpose => "Machines on bars and stripes: the log-likelihood of all rows, centred and plain, data negated too.";

    public override string Heading => "bars and stripes";

    public override IReadOnlyList<TableColumn> Columns { get; } = [new("total", "total log-likelihood, nats")];

    public override string Protocol(TableScale scale) =>
        "16 hidden units, 100 persistent chains, one sweep, learning rate 0.05 falling in a straight line to 0 over "
            + Invariant($"{Steps(scale):N0} steps of the whole data; log Z enumerated.");

    public override IReadOnlyList<PublishedRow> Published { get; } =
    [
        new("3 × 3, a model that knew the data", "−16 log 16 + 4 log 2", new Dictionary<string, string> { ["total"] = "−41.59" }),
        new("4 × 4, the same", "−32 log 32 + 4 log 2", new Dictionary<string, string> { ["total"] = "−108.13" }),
    ];

    static long Steps(TableScale scale) => scale.Steps ?? (scale.IsFull ? 300_000 : 30_000);

    public override IReadOnlyList<Trial> Trials(TableScale scale) =>
    [
        .. Of(scale, "3 × 3, centred", 3, (seed, device) => new BarsRbm(seed, device), (model, v) => model.LogLikelihood(v)),
        .. Of(scale, "3 × 3, plain", 3, (seed, device) => new PlainBarsRbm(seed, device), (model, v) => model.LogLikelihood(v)),
        .. Of(scale, "4 × 4, centred", 4, (seed, device) => new LargeBarsRbm(seed, device), (model, v) => model.LogLikelihood(v)),
        .. Of(scale, "4 × 4, plain", 4, (seed, device) => new PlainLargeBarsRbm(seed, device), (model, v) => model.LogLikelihood(v)),
    ];

    IEnumerable<Trial> Of<TModel>(
        TableScale scale, string row, int side, Func<ulong, Device, TModel> create, Func<TModel, float[], double> likelihood)
        where TModel : class, IGenerativeModel<TModel>
    {
        string settings;
        using (var fresh = create(0, Device.Cpu))
            settings = Invariant($"{ModelSettings.Of(fresh, TModel.Card)} steps={Steps(scale)}");
        return
            from isNegated in (bool[])[false, true]
            from seed in SeedsOf(scale)
            select new Trial(row + (isNegated ? ", data negated" : ""), seed, settings, Steps(scale), work =>
            {
                float[] data = [.. ExampleSet.BarsAndStripes(side).Training.Select(v => isNegated ? 1 - v : v)];
                using var model = work.Trained(
                    create, fresh => new FloatBatches(data, side * side, fresh.BatchSize, seed), Steps(scale));
                return model is null ? null : new Dictionary<string, double> { ["total"] = model.BatchSize * likelihood(model, data) };
            });
    }
}

/// <summary><see cref="BarsRbm"/> without centring.</summary>
[RestrictedBoltzmannMachine(Input = [9], Hidden = 16, Batch = 16, Persistent = true, Chains = 100)]
[Sgd(LearningRate = 0.05f)]
internal sealed partial class PlainBarsRbm;

/// <summary><see cref="BarsRbm"/> on images of 4 × 4.</summary>
[RestrictedBoltzmannMachine(Input = [16], Hidden = 16, Batch = 32, Persistent = true, Chains = 100, Centered = true)]
[Sgd(LearningRate = 0.05f)]
internal sealed partial class LargeBarsRbm;

/// <summary><see cref="LargeBarsRbm"/> without centring.</summary>
[RestrictedBoltzmannMachine(Input = [16], Hidden = 16, Batch = 32, Persistent = true, Chains = 100)]
[Sgd(LearningRate = 0.05f)]
internal sealed partial class PlainLargeBarsRbm;
