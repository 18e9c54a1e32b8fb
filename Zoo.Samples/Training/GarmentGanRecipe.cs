using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>A model that draws images: a pair of adversaries, or a VAE.</summary>
internal sealed class GarmentGanRecipe<TModel>(Func<ulong, Device, TModel> create, int epochs)
    : Recipe<TModel>(create) where TModel : class, IGenerativeModel<TModel>, ISampler
{
    /// <summary>What the model takes.</summary>
    public ImageShape Shape { get; init; } = DataSource.Garments;

    public override bool AugmentsImages => true;

    public override string DefaultLength => $"{epochs} epochs";

    public override TrainingRun Open(TrainingSettings settings)
    {
        var length = ImageRun.Epochs(Name, settings) ?? epochs;
        var data = DataSource.Open(settings.Data, settings.SkipsUnreadable, Shape);
        var (model, _) = Open(settings, ratesOfCheckpoint: true);
        return Owning(model, gan => new Run(gan, data, ImageRun.BatchesOf(gan, data, settings, shape: Shape), length));
    }

    public override ExampleView View => new("images", Shape);

    public override TestPart OpenTest(string? data, bool skipsUnreadable, ulong seed)
    {
        var source = DataSource.Open(data, skipsUnreadable, Shape);
        source.RequireFor(Card.BatchSize, Shape);
        return TestPart.Of(source);
    }

    sealed class Run : ImageRun
    {
        const int SampleCount = 160;

        readonly TModel model;
        readonly DataSource data;
        readonly Snapshots snapshots;

        public Run(TModel model, DataSource data, ImageBatches batches, int epochs) : base(model, data, batches, epochs)
        {
            (this.model, this.data) = (model, data);
            snapshots = new Snapshots(Steps, GarmentStrip.PerRow * data.Training.ExampleSize, images => model.Sample(1, [], [], images));
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
            model.Sample(1, [], [], samples);
            var title = string.Create(CultureInfo.InvariantCulture, $"{name}: {SampleCount} samples, after {model.Steps:N0} steps");
            SamplesPicture.Save(samples, shape, title, files.Add("samples.png", "images that the generator made"));
            if (Reconstructs && model is IReconstructor autoencoder)
                ReconstructionsPicture.Save(data, (x, y) => autoencoder.Reconstruct(1, x, [], [], y),
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
