using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>A model that draws images: a pair of adversaries, or a VAE.</summary>
internal sealed class GarmentGanRecipe<TModel>(string summary, Func<ulong, Device, TModel> create, Sampler<TModel> sample, int epochs)
    : Recipe<TModel>(summary, create) where TModel : class, IGenerativeModel<TModel>
{
    /// <summary>Where the model has codes of examples: what it makes of them, for one picture more.</summary>
    public Reconstructor<TModel>? Reconstruct { get; init; }

    /// <summary>What the model takes.</summary>
    public ImageShape Shape { get; init; } = DataSource.Garments;

    public override bool AugmentsImages => true;

    public override string DefaultLength => $"{epochs} epochs";

    public override TrainingRun Open(TrainingSettings settings)
    {
        var length = ImageRun.Epochs(Name, settings) ?? epochs;
        var data = DataSource.Open(settings.Data, settings.SkipsUnreadable, Shape);
        var (model, _) = Open(settings, ratesOfCheckpoint: true);
        return Owning(
            model, gan => new Run(gan, sample, Reconstruct, data, ImageRun.BatchesOf(gan, data, settings, shape: Shape), length));
    }

    sealed class Run : ImageRun
    {
        const int SampleCount = 160;

        readonly TModel model;
        readonly Sampler<TModel> sample;
        readonly Reconstructor<TModel>? reconstruct;
        readonly DataSource data;
        readonly Snapshots snapshots;

        public Run(
            TModel model, Sampler<TModel> sample, Reconstructor<TModel>? reconstruct, DataSource data, ImageBatches batches, int epochs)
            : base(model, data, batches, epochs)
        {
            (this.model, this.sample, this.reconstruct, this.data) = (model, sample, reconstruct, data);
            snapshots = new Snapshots(Steps, GarmentStrip.PerRow * data.Training.ExampleSize, images => sample(model, 1, images));
            Columns = [EpochColumn, .. LossColumns(), SpeedColumn];
        }

        public override IReadOnlyList<Column> Columns { get; }

        public override void Watch() => snapshots.Watch(model.Steps);

        public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output)
        {
            var files = new OutputFiles(output);
            var name = TModel.Card.Name;
            var shape = data.Training.Shape;
            var samples = new float[SampleCount * shape.Size];
            sample(model, 1, samples);
            var title = string.Create(CultureInfo.InvariantCulture, $"{name}: {SampleCount} samples, after {model.Steps:N0} steps");
            SamplesPicture.Save(samples, shape, title, files.Add("samples.png", "images that the generator made"));
            if (reconstruct is not null)
                ReconstructionsPicture.Save(data, (x, y) => reconstruct(model, x, y),
                    files.Add("reconstructions.png", "test images above their reconstructions"));
            if (snapshots.Taken.Count > 1)
            {
                title = $"{name}: the same codes while it learns";
                GarmentStrip.Save(
                    [.. snapshots.Taken.Select(taken => (EpochOf(taken.Step), taken.Samples))], shape, title,
                    files.Add("training.png", "the same codes over training"));
            }
            if (reports.Count > 0)
            {
                double[] epochs = [.. reports.Select(report => (double)Epoch(report))];
                LossPlot.Save($"{name}: losses", "Epoch", "Mean of the epoch", epochs, [.. LossSeries(reports)],
                    files.Add("losses.png", "losses by epoch"));
            }
            return files.All;
        }
    }
}
