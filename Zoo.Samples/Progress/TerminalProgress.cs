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
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private ProgressTask? _run;
    private int _epochs;
    private int _batchesPerEpoch;
    private long _shown;

    public void Show(int epochs, int batchesPerEpoch, Action training)
    {
        (_epochs, _batchesPerEpoch) = (epochs, batchesPerEpoch);
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
            _run = context.AddTask("starting", maxValue: (double)epochs * batchesPerEpoch);
            training();
        });
    }

    public void Stepped(int epoch, int batch, FashionVae.Losses losses)
    {
        // A step takes a millisecond or two; text for each one would be most of the garbage of the run.
        if (batch < _batchesPerEpoch && Stopwatch.GetElapsedTime(_shown) < Refresh) return;
        _shown = Stopwatch.GetTimestamp();
        _run!.Value = (double)epoch * _batchesPerEpoch + batch;
        _run.Description = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1}/{_epochs}  ELBO {losses.Elbo:F1}");
    }

    public void EpochEnded(EpochReport report) => AnsiConsole.WriteLine(EpochTable.Row(report));
}
