using System.Globalization;
using Zoo.Samples.Data;

namespace Zoo.Samples.Training;

/// <summary>A run of a variational auto-encoder over images: a table of its bound, on training and on test images.</summary>
internal abstract class VaeRun(IGenerativeModel model, DataSource data, ImageBatches batches, int epochs)
    : ImageRun(model, data, batches, epochs)
{
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
        var epoch = (Model.Steps - 1) / StepsPerReport + 1;
        return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}/{Steps / StepsPerReport}  ELBO {losses[^1]:F1}");
    }
}
