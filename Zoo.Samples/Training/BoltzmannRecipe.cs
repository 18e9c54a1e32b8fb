using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>What a recipe calls of a machine.</summary>
/// <param name="FreeEnergy">F of each example.</param>
/// <param name="Fantasies">v of chains from examples, after every so many sweeps.</param>
internal sealed record MachineCalls<TModel>(Reconstructor<TModel> FreeEnergy, FantasySampler<TModel> Fantasies);

/// <summary>Writes states of chains that begin with examples, after so many sweeps, after twice as many, ….</summary>
internal delegate void FantasySampler<in TModel>(
    TModel model, ulong seed, ReadOnlySpan<float> examples, int gibbsSteps, Span<float> v);

/// <summary>A restricted Boltzmann machine on examples that fit into memory.</summary>
internal sealed class BoltzmannRecipe<TModel>(
    Func<ulong, Device, TModel> create, MachineCalls<TModel> calls, Func<TrainingSettings, int, ExampleSet> open, int epochs)
    : Recipe<TModel>(create) where TModel : class, IGenerativeModel<TModel>
{
    /// <summary>
    /// What a new machine begins with beside the declaration's first values: a function of the training examples and the seed.
    /// </summary>
    public Action<TModel, float[], ulong>? Begin { get; init; }

    /// <summary>Whether learning rates fall in a straight line to 0 at the end of the run.</summary>
    public bool Decays { get; init; }

    public override string DefaultLength => $"{epochs} epochs";

    public override TrainingRun Open(TrainingSettings settings)
    {
        var length = ImageRun.Epochs(Name, settings) ?? epochs;
        var (model, rates) = Open(settings, ratesOfCheckpoint: !Decays);
        return Owning(model, machine =>
        {
            var data = open(settings, machine.BatchSize);
            if (settings.Resume is null) Begin?.Invoke(machine, data.Training, settings.Seed);
            var batches = new FloatBatches(data.Training, data.Size, machine.BatchSize, settings.Seed);
            return new Run(machine, calls, data, batches, Decays ? rates : null, length);
        });
    }

    public override ExampleView View => OpenTest(null, false, 0).View;

    public override TestPart OpenTest(string? data, bool skipsUnreadable, ulong seed) => TestPart.Of(
        open(new TrainingSettings(seed, Device.Cpu, data, null, null, null, null, skipsUnreadable), Card.BatchSize));

    sealed class Run(
        TModel model, MachineCalls<TModel> calls, ExampleSet data, FloatBatches batches, LearningRates? decaying, int epochs)
        : TrainingRun(model, batches, batches.BatchesPerEpoch, (long)epochs * batches.BatchesPerEpoch)
    {
        const int MostMeasured = 2000, MostFilters = 100, ChainsShown = 12, SweepsShown = 10, SweepsBetween = 10;

        public override string Examples => data.Height > 0 ? "images" : "points";

        public override DataRange Range => data.Height > 0 ? DataRange.Unit : DataRange.Finite;

        public override IEnumerable<string> Introduction =>
        [
            string.Create(CultureInfo.InvariantCulture,
                $"{data.Name}: {Count(data.Training):N0} training {Examples}, {Count(data.Test):N0} test {Examples}."),
            "F(v): mean free energy of training and of test examples. Test rising above training is overfitting (Hinton 2012, section 6).",
        ];

        public override string LengthOption => "--epochs";

        public override IReadOnlyList<Column> Columns =>
        [
            new("epoch", 5, report => Number(report.Steps / StepsPerReport)),
            .. LossColumns(),
            new("F training", 11, report => Number(report.Measures[0], "F3")),
            new("F test", 11, report => Number(report.Measures[1], "F3")),
            new($"{Examples}/s", 10, report => Number(report.ExamplesPerSecond, "N0")),
        ];

        public override string Progress(long steps) => $"in epoch {steps / StepsPerReport + 1}";

        public override string Interruption(long steps) =>
            string.Create(CultureInfo.InvariantCulture, $"{Progress(steps)}, after {steps:N0} steps");

        public override string Amount(long steps) =>
            (steps + StepsPerReport - 1) / StepsPerReport is var count and not 1 ? $"{count} epochs" : "1 epoch";

        public override void Watch() => decaying?.Decay(Math.Min(model.Steps, Steps - 1), Steps);

        public override IReadOnlyList<double> Measure() => [FreeEnergy(data.Training), FreeEnergy(data.Test)];

        int Count(float[] examples) => examples.Length / data.Size;

        double FreeEnergy(float[] examples)
        {
            var count = Math.Min(Count(examples), MostMeasured);
            var energies = new float[count];
            calls.FreeEnergy(model, examples.AsSpan(0, count * data.Size), energies);
            return energies.Average(energy => (double)energy);
        }

        public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output)
        {
            var (files, name) = (new OutputFiles(output), TModel.Card.Name);
            if (data.Height > 0)
            {
                var title = string.Create(CultureInfo.InvariantCulture, $"{name}: filters, after {model.Steps:N0} steps");
                SamplesPicture.Save(Filters(), new ImageShape(1, data.Height, data.Width), title,
                    files.Add("filters.png", "weights of hidden units, each from its smallest to its largest"), EnlargedTo(3));
                title = string.Create(CultureInfo.InvariantCulture, $"{name}: chains from test images, every {SweepsBetween} sweeps");
                FantasiesPicture.Save(Fantasies(), data.Height, data.Width, ChainsShown, SweepsBetween, title,
                    files.Add("fantasies.png", "chains that begin with test images, a column each, over sweeps"), EnlargedTo(2));
            }
            if (reports.Count == 0) return files.All;
            double[] epochs = [.. reports.Select(report => (double)(report.Steps / StepsPerReport))];
            LossPlot.Save($"{name}: free energy", "Epoch", "F(v), nats", epochs,
                [("training", [.. reports.Select(r => r.Measures[0])]), ("test", [.. reports.Select(r => r.Measures[1])])],
                files.Add("energies.png", "free energies of training and test examples over time"));
            LossPlot.Save($"{name}: losses", "Epoch", "Mean of the epoch", epochs, [.. LossSeries(reports)],
                files.Add("losses.png", "losses by epoch"));
            return files.All;
        }

        /// <summary>Small images are enlarged until they are as wide as garments would be.</summary>
        int EnlargedTo(int scaleOfGarments) => Math.Max(scaleOfGarments, scaleOfGarments * 28 / data.Width);

        /// <summary>Rows of the weight as images from 0 to 1.</summary>
        float[] Filters()
        {
            var weight = new float[model.Parameters["weight"].Length];
            model.Parameters["weight"].CopyTo(weight);
            return
            [
                .. weight.Chunk(data.Size).Take(MostFilters).SelectMany(filter =>
                {
                    var (low, high) = (filter.Min(), filter.Max());
                    return filter.Select(w => high > low ? (w - low) / (high - low) : 0.5f);
                }),
            ];
        }

        /// <summary>Examples, then the chains' states.</summary>
        float[] Fantasies()
        {
            var first = data.Test.AsSpan(0, Math.Min(ChainsShown * data.Size, data.Test.Length)).ToArray();
            var states = new float[SweepsShown * first.Length];
            calls.Fantasies(model, 1, first, SweepsBetween, states);
            return [.. first, .. states];
        }
    }
}
