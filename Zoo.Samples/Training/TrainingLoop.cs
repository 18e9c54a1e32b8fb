using System.Diagnostics;
using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Progress;

namespace Zoo.Samples.Training;

/// <summary>
/// Steps until a run's length is reached. Where it begins follows from the model's own count of steps, so a loaded model goes on where it
/// stopped.
/// </summary>
internal sealed class TrainingLoop(TrainingRun run)
{
    readonly float[] losses = new float[run.Model.LossNames.Length];
    readonly float[] lastFinite = [.. Enumerable.Repeat(float.NaN, run.Model.LossNames.Length)];
    readonly double[] sums = new double[run.Model.LossNames.Length];
    readonly int[] counts = new int[run.Model.LossNames.Length];

    /// <returns>False where it was told to stop; the model is then between two steps.</returns>
    /// <exception cref="CommandException">An example is out of range, or a loss is no longer a number.</exception>
    public bool Run(IProgressDisplay display, Action<TrainingReport> reported, CancellationToken stop)
    {
        var model = run.Model;
        run.Batches.Seek(model.Steps);
        var status = () => run.Status(losses);
        while (model.Steps < run.Steps)
        {
            Array.Clear(sums);
            Array.Clear(counts);
            var (first, started) = (model.Steps, Stopwatch.GetTimestamp());
            do
            {
                if (stop.IsCancellationRequested) return false;
                run.Watch();
                var batch = run.Batches.Next();
                // What training does not look at itself; a scan takes about a thousandth of a step.
                if (run.ChecksData && run.Range.Refusal(batch.Examples, batch.Examples.Length / model.BatchSize) is { } refusal)
                    throw new CommandException($"--data: batch {model.Steps % run.StepsPerReport + 1} {run.Progress(model.Steps)}: "
                        + $"{refusal} With --no-data-check nobody looks.");
                model.Step(batch.Examples, batch.Labels, batch.Condition, losses);
                Add();
                if (model.DivergedPhase is { } phase) throw Diverged(phase);
                display.At(model.Steps, status);
            }
            while (model.Steps < run.Steps && model.Steps % run.StepsPerReport != 0);

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var means = Means();
            var report = new TrainingReport(model.Steps, means, run.Measure(), (model.Steps - first) * (double)model.BatchSize / seconds);
            reported(report);
            display.Line(run.Row(report));
        }
        run.Watch();
        return true;
    }

    // A loss is NaN where its phase was not due.
    void Add()
    {
        for (var i = 0; i < losses.Length; i++)
        {
            if (float.IsNaN(losses[i])) continue;
            if (float.IsFinite(losses[i])) lastFinite[i] = losses[i];
            sums[i] += losses[i];
            counts[i]++;
        }
    }

    double[] Means()
    {
        var means = new double[losses.Length];
        for (var i = 0; i < losses.Length; i++) means[i] = sums[i] / counts[i];
        return means;
    }

    // The weights are lost with the loss: whoever called keeps the checkpoint that there was.
    CommandException Diverged(string phase)
    {
        var names = run.Model.LossNames;
        // Infinite ones first: NaN is also what a phase that was not due leaves.
        var lost = Array.FindIndex(losses, float.IsInfinity) is >= 0 and var infinite ? infinite : FirstLost();
        var finite = new List<string>();
        for (var i = 0; i < losses.Length; i++)
            if (!float.IsNaN(lastFinite[i])) finite.Add(string.Create(CultureInfo.InvariantCulture, $"{names[i]} {lastFinite[i]:G5}"));
        var steps = run.Model.Steps;
        var what = string.Create(CultureInfo.InvariantCulture, $"(step {steps:N0}, phase {phase}): {names[lost]} is {losses[lost]}.");
        var before = finite.Count == 0 ? "No loss was finite before." : $"Last finite losses: {string.Join(", ", finite)}.";
        return new CommandException(
            $"training diverged {run.Progress(steps - 1)} {what} {before} A smaller --learning-rate may help.", ExitCode.Failure);
    }

    // Of the phase that diverged, if its losses have been finite; else the first that is no number.
    int FirstLost()
    {
        for (var i = 0; i < losses.Length; i++)
            if (float.IsNaN(losses[i]) && !float.IsNaN(lastFinite[i])) return i;
        return Array.FindIndex(losses, float.IsNaN);
    }
}
