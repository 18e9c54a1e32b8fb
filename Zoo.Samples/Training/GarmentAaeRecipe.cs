using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>An adversarial auto-encoder on images of garments and their classes.</summary>
internal sealed class GarmentAaeRecipe<TModel>(string summary, Func<ulong, Device, TModel> create, ClassSampler<TModel> sample, int epochs)
    : Recipe<TModel>(summary, create) where TModel : class, IGenerativeModel<TModel>
{
    const int Classes = 10;

    /// <summary>How many training images, the first of each class, are told their class; null for all of them.</summary>
    public int? Labelled { get; init; }

    /// <summary>Writes codes of examples, and how many numbers one has: for the picture of them.</summary>
    public (int Size, Reconstructor<TModel> Encode) Codes { get; init; }

    /// <summary>Where no label has to be given: what the model makes of examples, for one picture more.</summary>
    public Reconstructor<TModel>? Reconstruct { get; init; }

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
            return new Run(this, aae, data, BatchesOf(aae, data, settings), length);
        });
    }

    ImageBatches BatchesOf(TModel model, DataSource data, TrainingSettings settings) => Labelled is { } count
        ? new PartlyLabelledBatches(
            data.Training, model.BatchSize, settings.Seed, count, Classes, ImageRun.AugmentationOf(settings, data))
        : ImageRun.BatchesOf(model, data, settings, (images, labels) => new(images, labels));

    sealed class Run : ImageRun
    {
        // Ten thousand dots hide each other.
        const int MostCodes = 5000;

        readonly GarmentAaeRecipe<TModel> recipe;
        readonly TModel model;
        readonly DataSource data;

        public Run(GarmentAaeRecipe<TModel> recipe, TModel model, DataSource data, ImageBatches batches, int epochs)
            : base(model, data, batches, epochs)
        {
            (this.recipe, this.model, this.data) = (recipe, model, data);
            Columns = [EpochColumn, .. LossColumns(), SpeedColumn];
        }

        public override IReadOnlyList<Column> Columns { get; }

        public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output)
        {
            var files = new OutputFiles(output);
            var (name, size) = (TModel.Card.Name, data.Test.ExampleSize);
            int[] labels = [.. Enumerable.Range(0, Classes * GarmentStrip.PerRow).Select(i => i / GarmentStrip.PerRow)];
            var images = new float[labels.Length * size];
            recipe.Sample(model, 1, labels, images);
            var perRow = GarmentStrip.PerRow * size;
            string ClassName(int label) => label < data.ClassNames.Count ? data.ClassNames[label] : $"{label}";
            GarmentStrip.Save(
                [.. Enumerable.Range(0, Classes).Select(label => (ClassName(label), images[(label * perRow)..((label + 1) * perRow)]))],
                data.Test.Shape,
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: {GarmentStrip.PerRow} draws of each class, after {model.Steps:N0} steps"),
                files.Add("samples.png", "draws of each class"));

            var shown = Math.Min(data.Test.Count, MostCodes);
            var (examples, codes) = (new float[shown * size], new float[shown * recipe.Codes.Size]);
            data.Test.CopyExamples(0, shown, examples);
            recipe.Codes.Encode(model, examples, codes);
            LatentPlot.Save(codes, recipe.Codes.Size, data.Test.Labels[..shown], data.ClassNames,
                files.Add("latent.png", "codes of the test images, first two principal components, by class"));

            if (recipe.Reconstruct is { } reconstruct)
                ReconstructionsPicture.Save(data, (x, y) => reconstruct(model, x, y),
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

    ClassSampler<TModel> Sample { get; } = sample;
}

/// <summary>Writes samples of classes, one for each label: a function of the seed, the labels and the parameters.</summary>
internal delegate void ClassSampler<in TModel>(TModel model, ulong seed, ReadOnlySpan<int> labels, Span<float> samples);
