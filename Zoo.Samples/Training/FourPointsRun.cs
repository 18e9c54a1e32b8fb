using System.Globalization;
using Zoo.Models;
using Zoo.Runtime;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>A run over four points, whose length is counted in steps; log p(x) is integrated at every report.</summary>
internal abstract class FourPointsRun(IGenerativeModel model, LearningRates rates, long steps)
    : TrainingRun(model, new FourPointsBatches(model.BatchSize), Math.Max(1, steps / ReportsPerRun), steps)
{
    /// <summary>Draws from the posteriors of all four together.</summary>
    const int ShownCodes = 4000;

    const int ReportsPerRun = 20;
    const ulong PictureSeed = 1;

    readonly float[] examples = FourPointsBatches.Rows(ShownCodes);
    Snapshots? snapshots;

    public override string Examples => "points";

    public override DataRange Range => DataRange.Unit;

    public override IEnumerable<string> Introduction =>
    [
        "Data: four one-hot rows, a quarter of every batch each. Learning rate: "
            + string.Join(" and ", rates.First.Select(rate => rate.ToString(CultureInfo.InvariantCulture)))
            + ", falling in a straight line to 0 at the end.",
        "log p: mean log p(x) of the four, nats, integrated over the plane of codes; no model has more than −log 4 = −1.3863.",
    ];

    public override string LengthOption => "--steps";

    public override IReadOnlyList<Column> Columns =>
    [
        new("step", 7, report => Number(report.Steps)),
        .. LossColumns(),
        new("log p", 9, report => Number(report.Measures[0], "F4")),
        new("points/s", 10, report => Number(report.ExamplesPerSecond, "N0")),
    ];

    protected abstract string Name { get; }

    /// <summary>A draw from q(z|x) for each example.</summary>
    protected abstract void Encode(ulong seed, float[] examples, float[] codes);

    /// <summary>The mean of p(x|z) for each code.</summary>
    protected abstract void Decode(ReadOnlySpan<float> codes, Span<float> means);

    public override string Progress(long steps) => string.Create(CultureInfo.InvariantCulture, $"after step {steps:N0}");

    public override string Interruption(long steps) => Progress(steps);

    public override string Amount(long steps) => string.Create(CultureInfo.InvariantCulture, $"{steps:N0} steps");

    public override void Watch()
    {
        rates.Decay(Math.Min(Model.Steps, Steps - 1), Steps);
        snapshots ??= new Snapshots(Steps, 2 * ShownCodes, codes => Encode(PictureSeed, examples, codes));
        snapshots.Watch(Model.Steps);
    }

    /// <summary>Mean log p(x) of the four points, nats.</summary>
    public double LogLikelihood() =>
        PlaneQuadrature.LogLikelihood(Decode, FourPointsBatches.Rows(FourPointsBatches.Count), FourPointsBatches.Count).Average();

    public override IReadOnlyList<double> Measure() => [LogLikelihood()];

    public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output)
    {
        var files = new OutputFiles(output);
        var codes = new float[2 * ShownCodes];
        Encode(PictureSeed, examples, codes);
        PosteriorsPicture.Save(
            [(Model.Steps, codes)], string.Create(CultureInfo.InvariantCulture, $"{Name}: posteriors, log p = {LogLikelihood():F4}"),
            files.Add("posteriors.png", "draws from the posteriors of the four points"));
        if (snapshots is { Taken.Count: > 1 })
            PosteriorsPicture.Save(
                snapshots.Taken, $"{Name}: posteriors while it learns", files.Add("training.png", "the posteriors over training"));
        if (reports.Count > 0)
        {
            double[] at = [.. reports.Select(report => (double)report.Steps)];
            LossPlot.Save($"{Name}: losses", "Step", "Mean since the last point", at, [.. LossSeries(reports)],
                files.Add("losses.png", "losses by step"));
        }
        return files.All;
    }

    /// <summary>Draws from a Gaussian posterior, whose class gives moments.</summary>
    public static void Draw(FourPointsVae model, ulong seed, ReadOnlySpan<float> examples, Span<float> codes)
    {
        var (logVariance, key) = (new float[codes.Length], Philox.DrawKey(seed, "picture:epsilon"));
        model.Encode(examples, codes, logVariance);
        for (var i = 0; i < codes.Length; i++) codes[i] += MathF.Exp(logVariance[i] / 2) * Philox.Normal(key, 0, 0, i / 2, i % 2);
    }
}
