using System.Diagnostics;
using Spectre.Console;

namespace Zoo.Samples.Progress;

/// <summary>A bar over the whole work, with the time that is left, below the lines that are done.</summary>
internal sealed class TerminalProgress : IProgressDisplay
{
    // The bar is drawn by a thread of its own, which takes time from training: five times a second is smooth enough.
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    ProgressTask? bar;
    long shown;

    public void Show(IEnumerable<string> heading, long length, Action work)
    {
        foreach (var line in heading) AnsiConsole.MarkupLineInterpolated($"[grey]{line}[/]");
        var progress = AnsiConsole.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = 40, CompletedStyle = new Style(Color.SteelBlue1), FinishedStyle = new Style(Color.SteelBlue1) },
            new PercentageColumn(),
            new RemainingTimeColumn());
        progress.RefreshRate = Refresh;
        progress.Start(context =>
        {
            bar = context.AddTask("starting", maxValue: length);
            work();
        });
    }

    public void At(long position, Func<string> status)
    {
        // A step takes a millisecond or two; text for each one would be most of the garbage of the run.
        if (position < bar!.MaxValue && Stopwatch.GetElapsedTime(shown) < Refresh) return;
        shown = Stopwatch.GetTimestamp();
        bar.Value = position;
        bar.Description = Markup.Escape(status());
    }

    public void Line(string text) => AnsiConsole.WriteLine(text);
}
