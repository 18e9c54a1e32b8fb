using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Zoo.Models;
using Zoo.Samples.Training;

namespace Zoo.Samples.Progress;

/// <summary>A bar over the whole run below the lines of the epochs that are done.</summary>
internal sealed class TerminalProgress : IProgressDisplay
{
    // The bar is drawn by a thread of its own, which takes time from training: five times a second is smooth enough.
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    ProgressTask? run;
    int epochs;
    int batchesPerEpoch;
    long shown;

    public void Show(int epochs, int batchesPerEpoch, Action training)
    {
        (this.epochs, this.batchesPerEpoch) = (epochs, batchesPerEpoch);
        AnsiConsole.MarkupLineInterpolated($"[grey]{EpochTable.Groups}[/]");
        AnsiConsole.MarkupLineInterpolated($"[grey]{EpochTable.Header}[/]");
        var progress = AnsiConsole.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = 40, CompletedStyle = new Style(Color.SteelBlue1), FinishedStyle = new Style(Color.SteelBlue1) },
            new PercentageColumn(),
            new RemainingTimeColumn());
        progress.RefreshRate = Refresh;
        progress.Start(context =>
        {
            run = context.AddTask("starting", maxValue: (double)epochs * batchesPerEpoch);
            training();
        });
    }

    public void Stepped(int epoch, int batch, FashionVae.Losses losses)
    {
        // A step takes a millisecond or two; text for each one would be most of the garbage of the run.
        if (batch < batchesPerEpoch && Stopwatch.GetElapsedTime(shown) < Refresh) return;
        shown = Stopwatch.GetTimestamp();
        run!.Value = (double)epoch * batchesPerEpoch + batch;
        run.Description = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1}/{epochs}  ELBO {losses.Elbo:F1}");
    }

    public void EpochEnded(EpochReport report) => AnsiConsole.WriteLine(EpochTable.Row(report));
}
