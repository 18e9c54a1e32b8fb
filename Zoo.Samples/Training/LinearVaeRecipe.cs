using System.Globalization;
using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>A linear VAE beside probabilistic PCA: bounds with more and more samples, log p(x), and the most there is.</summary>
internal sealed class LinearVaeRecipe()
    : Recipe<LinearVae>((seed, device) => new(seed, device))
{
    const long DefaultSteps = 4_000;

    public override string DefaultLength => string.Create(CultureInfo.InvariantCulture, $"{DefaultSteps:N0} steps");

    public override bool CountsSteps => true;

    public override TrainingRun Open(TrainingSettings settings)
    {
        if (settings.Epochs is not null)
            throw new CommandException($"--epochs: {Name} is trained on the same points in every step; use --steps.");
        if (settings.Data is not null) throw new CommandException($"--data: {Name} is trained on points of a law of its own.");
        var (model, rates) = Open(settings, ratesOfCheckpoint: false);
        return Owning(model, linear => new Run(linear, rates, settings.Steps ?? DefaultSteps));
    }

    public override ExampleView View => new("points");

    // The optimum is one of these points, and nothing is said of others.
    public override TestPart OpenTest(string? data, bool skipsUnreadable, ulong seed) => data is null
        ? new("Points of a linear law, those of training", View, LinearBatches.Rows(Card.BatchSize), Card.BatchSize)
        : throw new CommandException($"--data: {Name} is trained on points of a law of its own.");

    sealed class Run(LinearVae model, LearningRates rates, long steps)
        : TrainingRun(model, new LinearBatches(model.BatchSize), Math.Max(1, steps / ReportsPerRun), steps)
    {
        const int ReportsPerRun = 20;
        const int Latent = 3;

        static readonly int[] Samples = [1, 5, 50];

        readonly float[] points = LinearBatches.Rows(model.BatchSize);

        double Optimum => LinearGaussian.Optimum(points, LinearBatches.Size, Latent);

        public override string Examples => "points";

        public override IEnumerable<string> Introduction =>
        [
            "Data: the same points of a linear law in every step. Learning rate: "
                + string.Join(" and ", rates.First.Select(rate => rate.ToString(CultureInfo.InvariantCulture)))
                + ", falling in a straight line to 0 at the end.",
            string.Create(CultureInfo.InvariantCulture,
                $"L1, L5, L50: importance-weighted bounds; log p: the model's, in closed form; nats. Probabilistic PCA has {Optimum:F4}."),
        ];

        public override string LengthOption => "--steps";

        public override IReadOnlyList<Column> Columns =>
        [
            new("step", 7, report => Number(report.Steps)),
            .. LossColumns(),
            .. Measures().Select((name, i) => new Column(name, 10, report => Number(report.Measures[i], "F4"))),
            new("points/s", 10, report => Number(report.ExamplesPerSecond, "N0")),
        ];

        static IEnumerable<string> Measures() => Samples.Select(k => string.Create(CultureInfo.InvariantCulture, $"L{k}")).Append("log p");

        public override string Progress(long steps) => string.Create(CultureInfo.InvariantCulture, $"after step {steps:N0}");

        public override string Interruption(long steps) => Progress(steps);

        public override string Amount(long steps) => string.Create(CultureInfo.InvariantCulture, $"{steps:N0} steps");

        public override void Watch() => rates.Decay(Math.Min(model.Steps, Steps - 1), Steps);

        public override IReadOnlyList<double> Measure() =>
            [.. Samples.Select(samples => model.LogLikelihood(points, samples)), LinearGaussian.LogLikelihood(model, points)];

        public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output)
        {
            if (reports.Count == 0) return [];
            double[] at = [.. reports.Select(report => (double)report.Steps)];
            var lines = Measures().Select((name, i) => (name, (double[])[.. reports.Select(report => report.Measures[i])]))
                .Append(("probabilistic PCA", [.. reports.Select(_ => Optimum)]));
            LossPlot.Save("LinearVae: bounds and likelihood", "Step", "Nats a point", at, [.. lines], output.PathOf("bounds.png"));
            return [(output.PathOf("bounds.png"), "bounds and log p(x) beside probabilistic PCA")];
        }
    }
}
