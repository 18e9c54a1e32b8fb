using System.Diagnostics;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Experiments;
using Zoo.Samples.Progress;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>
/// Runs the trials of a table one after the other. What has ended is a line of a file at once, and is not done again; a training that was
/// stopped goes on where it was, but one whose length is a time.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="scale">How much of it.</param>
/// <param name="device">Where models run.</param>
/// <param name="threads">For what is computed beside models.</param>
internal sealed class TableRun(PublishedTable table, TableScale scale, Device device, int threads)
{
    readonly ResultLines<TrialResult> kept = new(Path.Combine(scale.Folder, "results.jsonl"), TrialResultJson.Default.TrialResult);

    public IReadOnlyList<Trial> Trials { get; } = table.Trials(scale);

    public long Length => Trials.Sum(trial => trial.Length);

    /// <summary>In order; fewer where it was told to stop.</summary>
    /// <exception cref="CommandException">A training diverged.</exception>
    public IReadOnlyList<TrialResult> Run(IProgressDisplay display, CancellationToken stop)
    {
        var (results, before) = (new List<TrialResult>(), 0L);
        foreach (var trial in Trials)
        {
            if (stop.IsCancellationRequested) break;
            var (known, note) = (kept.Find(result => result.IsOf(trial)), " (known)");
            if (known is null)
            {
                var started = Stopwatch.GetTimestamp();
                var work = new TrialWork(display, before, trial, scale.Folder, device, threads, stop);
                note = work.Stopped is null ? "" : " (after a stop)";
                if (trial.Run(work) is not { } values) break;
                var finite = values.Where(value => double.IsFinite(value.Value)).ToDictionary();
                results.Add(new(trial.Row, trial.Seed, trial.Settings, finite, Stopwatch.GetElapsedTime(started).TotalSeconds,
                    TableFile.Today));
                kept.Add(results[^1]);
                work.Forget();
            }
            else results.Add(known);
            before += trial.Length;
            display.At(before, () => trial.Row);
            display.Line(Line(results[^1]) + note);
        }
        return results;
    }

    string Line(TrialResult result) => Invariant($"{result.Row}, seed {result.Seed}: ")
        + string.Join(", ", table.Columns.Where(column => result.Values.ContainsKey(column.Key))
            .Select(column => $"{column.Heading} {TableText.Number(result.Values[column.Key], column)}"));
}
