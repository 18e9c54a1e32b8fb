using System.Globalization;
using Zoo.Models;
using Zoo.Samples.Training;

namespace Zoo.Samples.Progress;

/// <summary>The lines that both displays print, one for each epoch, in columns.</summary>
internal static class EpochTable
{
    public const string Groups = "        ── train ─────────────────────────────   ── test ──────────────────────────────";
    public const string Header = "epoch       ELBO  reconstruction  divergence       ELBO  reconstruction  divergence   images/s";

    public static string Row(EpochReport report) =>
        string.Create(CultureInfo.InvariantCulture, $"{report.Epoch,5} {Columns(report.Train)} {Columns(report.Test)} {report.ImagesPerSecond,10:N0}");

    static string Columns(FashionVae.Losses losses) =>
        string.Create(CultureInfo.InvariantCulture, $"{losses.Elbo,10:F2} {losses.Reconstruction,15:F2} {losses.Divergence,11:F2}");
}
