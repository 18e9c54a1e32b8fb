using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>FashionVae on images of garments, with its bound on test images after every epoch.</summary>
internal sealed class GarmentVaeRecipe()
    : Recipe<FashionVae>((seed, device) => new(seed, device))
{
    const int DefaultEpochs = 20;

    public override string DefaultLength => $"{DefaultEpochs} epochs";

    public override bool AugmentsImages => true;

    public override TrainingRun Open(TrainingSettings settings)
    {
        var epochs = ImageRun.Epochs(Name, settings) ?? DefaultEpochs;
        var data = DataSource.Open(settings.Data, settings.SkipsUnreadable);
        var (model, _) = Open(settings, ratesOfCheckpoint: true);
        return Owning(model, vae => new Run(vae, data, ImageRun.BatchesOf(vae, data, settings), epochs));
    }

    public override ExampleView View => new("images", DataSource.Garments);

    public override TestPart OpenTest(string? data, bool skipsUnreadable, ulong seed)
    {
        var source = DataSource.Open(data, skipsUnreadable);
        source.RequireFor(Card.BatchSize);
        return TestPart.Of(source);
    }

    sealed class Run : VaeRun
    {
        readonly FashionVae model;
        readonly DataSource data;
        readonly float[] test;

        public Run(FashionVae model, DataSource data, ImageBatches batches, int epochs) : base(model, data, batches, epochs)
        {
            (this.model, this.data) = (model, data);
            test = new float[data.Test.Count * data.Test.ExampleSize];
            data.Test.CopyExamples(0, data.Test.Count, test);
        }

        public override IReadOnlyList<double> Measure()
        {
            var losses = model.Evaluate(test);
            return [losses.Reconstruction, losses.Divergence, losses.Elbo];
        }

        public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output) =>
            PictureBook.Draw(model, data, test, [.. reports.Select(report => (Epoch(report), report))], output);
    }
}
