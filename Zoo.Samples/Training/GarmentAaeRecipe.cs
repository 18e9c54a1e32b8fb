using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>An adversarial auto-encoder on images of garments and their classes.</summary>
internal sealed class GarmentAaeRecipe<TModel>(Func<ulong, Device, TModel> create, int epochs)
    : Recipe<TModel>(create) where TModel : class, IGenerativeModel<TModel>, ISampler, IEncoder
{
    const int Classes = 10;

    /// <summary>How many training images, the first of each class, are told their class; null for all of them.</summary>
    public int? Labelled { get; init; }

    public override string DefaultLength => $"{epochs} epochs";

    public override bool AugmentsImages => true;

    public override TrainingRun Open(TrainingSettings settings)
    {
        var length = ImageRun.Epochs(Name, settings) ?? epochs;
        var data = DataSource.Open(settings.Data, settings.SkipsUnreadable);
        var (model, _) = Open(settings, ratesOfCheckpoint: true);
        return Owning(model, aae =>
        {
            data.RequireFor(aae.BatchSize);
            data.RequireLabels(Classes);
            return new Run(aae, data, BatchesOf(aae, data, settings), length);
        });
    }

    public override ExampleView View => new("images", DataSource.Garments);

    public override TestPart OpenTest(string? data, bool skipsUnreadable, ulong seed)
    {
        var source = DataSource.Open(data, skipsUnreadable);
        source.RequireFor(Card.BatchSize);
        source.RequireLabels(Classes);
        return TestPart.Of(source);
    }

    ImageBatches BatchesOf(TModel model, DataSource data, TrainingSettings settings) => Labelled is { } count
        ? new PartlyLabelledBatches(
            data.Training, model.BatchSize, settings.Seed, count, Classes, model.BatchSize / 2, ImageRun.AugmentationOf(settings, data))
        : ImageRun.BatchesOf(model, data, settings, (images, labels) => new(images, labels));

    sealed class Run : ImageRun
    {
        // Ten thousand dots hide each other.
        const int MostCodes = 5000;

        readonly TModel model;
        readonly DataSource data;

        public Run(TModel model, DataSource data, ImageBatches batches, int epochs) : base(model, data, batches, epochs)
        {
            (this.model, this.data) = (model, data);
            Columns = [EpochColumn, .. LossColumns(), SpeedColumn];
        }

        public override IReadOnlyList<Column> Columns { get; }

        public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output)
        {
            var files = new OutputFiles(output);
            var (name, size) = (TModel.Card.Name, data.Test.ExampleSize);
            int[] labels = [.. Enumerable.Range(0, Classes * GarmentStrip.PerRow).Select(i => i / GarmentStrip.PerRow)];
            var images = new float[labels.Length * size];
            model.Sample(1, labels, [], images);
            var perRow = GarmentStrip.PerRow * size;
            string ClassName(int label) => label < data.ClassNames.Count ? data.ClassNames[label] : $"{label}";
            GarmentStrip.Save(
                [.. Enumerable.Range(0, Classes).Select(label => (ClassName(label), images[(label * perRow)..((label + 1) * perRow)]))],
                data.Test.Shape,
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: {GarmentStrip.PerRow} draws of each class, after {model.Steps:N0} steps"),
                files.Add("samples.png", "draws of each class"));

            var shown = Math.Min(data.Test.Count, MostCodes);
            var latent = TModel.Card.Capabilities.Single(card => card.Capability == Capability.Encode).Size;
            var (examples, codes) = (new float[shown * size], new float[shown * latent]);
            data.Test.CopyExamples(0, shown, examples);
            model.Encode(1, examples, [], [], codes);
            LatentPlot.Save(codes, latent, data.Test.Labels[..shown], data.ClassNames,
                files.Add("latent.png", "codes of the test images, first two principal components, by class"));

            if (Reconstructs && model is IReconstructor autoencoder)
                ReconstructionsPicture.Save(data, (x, y) => autoencoder.Reconstruct(1, x, [], [], y),
                    files.Add("reconstructions.png", "test images above what the decoder makes of their codes"));
            if (reports.Count > 0)
            {
                double[] counted = [.. reports.Select(report => (double)Epoch(report))];
                LossPlot.Save($"{name}: losses", "Epoch", "Mean of the epoch", counted, [.. LossSeries(reports)],
                    files.Add("losses.png", "losses by epoch"));
            }
            return files.All;
        }
    }
}
