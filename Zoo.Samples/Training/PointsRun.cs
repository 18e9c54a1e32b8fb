using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>A run over points that are drawn afresh for every step, whose length is counted in steps.</summary>
internal abstract class PointsRun(
    IGenerativeModel model, GaussianMixture mixture, MixtureBatches batches, LearningRates? decaying, long steps)
    : TrainingRun(model, batches, Math.Max(1, steps / ReportsPerRun), steps)
{
    /// <summary>Points in a measurement, as in the published tables.</summary>
    public const int MeasuredPoints = 2500;

    const int ReportsPerRun = 20;
    const ulong MeasuringSeed = 1;

    readonly float[] points = new float[2 * MeasuredPoints];
    Snapshots? snapshots;

    /// <summary>Called before every step and after the last, the model between two steps.</summary>
    public event Action? Watching;

    public override string Examples => "points";

    public override IEnumerable<string> Introduction =>
    [
        $"Data: {mixture.Title}, drawn afresh for every step. Learning rate: {Rates}"
            + (decaying is null ? "." : ", falling in a straight line to 0 at the end."),
        string.Create(CultureInfo.InvariantCulture,
            $"Modes of {mixture.Count} with one of {MeasuredPoints:N0} points within three standard deviations, and the part of them so "
                + $"near to one."),
    ];

    public override string LengthOption => "--steps";

    public override IReadOnlyList<Column> Columns =>
    [
        new("step", 7, report => Number(report.Steps)),
        .. LossColumns(),
        new("modes", 6, report => Number(report.Measures[0], "F0")),
        new("near", 8, report => Number(100 * report.Measures[1], "F1") + " %"),
        new("points/s", 10, report => Number(report.ExamplesPerSecond, "N0")),
    ];

    protected abstract string Name { get; }

    string Rates =>
        string.Join(" and ", (decaying ?? new LearningRates(Model)).First.Select(rate => rate.ToString(CultureInfo.InvariantCulture)));

    public override string Progress(long steps) => string.Create(CultureInfo.InvariantCulture, $"after step {steps:N0}");

    public override string Interruption(long steps) => Progress(steps);

    public override string Amount(long steps) => string.Create(CultureInfo.InvariantCulture, $"{steps:N0} steps");

    public override void Watch()
    {
        decaying?.Decay(Math.Min(Model.Steps, Steps - 1), Steps);
        snapshots ??= new Snapshots(Steps, points.Length, samples => Sample(MeasuringSeed, samples));
        snapshots.Watch(Model.Steps);
        Watching?.Invoke();
    }

    /// <summary>So many generated points, [count × 2]: a function of the seed and the parameters.</summary>
    public float[] Draw(ulong seed, int count)
    {
        var drawn = new float[2 * count];
        Sample(seed, drawn);
        return drawn;
    }

    /// <summary>How much of the mixture the model covers now.</summary>
    public ModeCoverage Coverage()
    {
        Sample(MeasuringSeed, points);
        return mixture.Coverage(points);
    }

    public override IReadOnlyList<double> Measure()
    {
        var coverage = Coverage();
        return [coverage.Found, coverage.HighQuality];
    }

    public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output)
    {
        var files = new OutputFiles(output);
        var coverage = Coverage();
        PointsPicture.Save(points, mixture, coverage, string.Create(CultureInfo.InvariantCulture, $"{Name}, after {Model.Steps:N0} steps"),
            files.Add("samples.png", "generated points over the true modes"));
        if (snapshots is { Taken.Count: > 1 })
        {
            var title = $"{Name}: the same codes while it learns";
            PointsStrip.Save(snapshots.Taken, mixture, title, files.Add("training.png", "the same codes over training"));
        }
        if (reports.Count > 0)
        {
            double[] at = [.. reports.Select(report => (double)report.Steps)];
            LossPlot.Save($"{Name}: losses", "Step", "Mean since the last point", at, [.. LossSeries(reports)],
                files.Add("losses.png", "losses by step"));
        }
        return files.All;
    }

    protected abstract void Sample(ulong seed, float[] points);
}
