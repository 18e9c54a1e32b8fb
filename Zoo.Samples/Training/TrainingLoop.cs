using System.Diagnostics;
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
            sums[i] += losses[i];
            counts[i]++;
        }
    }

    // In a step at least one phase is due: where the last one left no number at all, or some loss was infinite, training is over.
    double[] Means()
    {
        var means = new double[losses.Length];
        var lost = Array.TrueForAll(losses, float.IsNaN);
        for (var i = 0; i < losses.Length; i++)
        {
            means[i] = sums[i] / counts[i];
            if (!lost && !double.IsInfinity(means[i])) continue;
            var (where, value) = (run.Progress(run.Model.Steps - 1), lost ? double.NaN : means[i]);
            throw new CommandException(
                $"training diverged {where}: {run.Model.LossNames[i]} is {value}. A smaller --learning-rate may help.", ExitCode.Failure);
        }
        return means;
    }
}
