using System.Globalization;
using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>FashionVae on images of garments, with its bound on test images after every epoch.</summary>
internal sealed class GarmentVaeRecipe()
    : Recipe<FashionVae>("garments, by a variational auto-encoder", (seed, device) => new(seed, device))
{
    const int DefaultEpochs = 20;

    public override string DefaultLength => $"{DefaultEpochs} epochs";

    public override TrainingRun Open(TrainingSettings settings)
    {
        var epochs = ImageRun.Epochs(Name, settings) ?? DefaultEpochs;
        var data = DataSource.Open(settings.Data);
        var (model, _) = Open(settings, ratesOfCheckpoint: true);
        return Owning(model, vae => new Run(vae, data, ImageRun.BatchesOf(vae, data, settings.Seed), epochs));
    }

    sealed class Run : ImageRun
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

        public override IEnumerable<string> Introduction =>
            base.Introduction.Append("ELBO = reconstruction − divergence, nats an image, higher is better.");

        public override string Groups => "        ── train ─────────────────────────────   ── test ──────────────────────────────";

        public override IReadOnlyList<Column> Columns =>
        [
            EpochColumn,
            new("ELBO", 10, report => Number(report.Losses[2], "F2")),
            new("reconstruction", 15, report => Number(report.Losses[0], "F2")),
            new("divergence", 11, report => Number(report.Losses[1], "F2")),
            new("ELBO", 10, report => Number(report.Measures[2], "F2")),
            new("reconstruction", 15, report => Number(report.Measures[0], "F2")),
            new("divergence", 11, report => Number(report.Measures[1], "F2")),
            SpeedColumn,
        ];

        public override string Status(ReadOnlySpan<float> losses)
        {
            var epoch = (model.Steps - 1) / StepsPerReport + 1;
            return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}/{Steps / StepsPerReport}  ELBO {losses[^1]:F1}");
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
