using System.Diagnostics;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>What a trial works with.</summary>
/// <param name="display">Shows how far all trials are.</param>
/// <param name="before">Steps of the trials before.</param>
/// <param name="trial">Whose work it is.</param>
/// <param name="device">Where models run.</param>
/// <param name="threads">For what is computed beside models.</param>
/// <param name="stop">Ends a training between two steps.</param>
internal sealed class TrialWork(
    IProgressDisplay display, long before, Trial trial, Device device, int threads, CancellationToken stop)
{
    public Device Device => device;

    public int Threads => threads;

    public ulong Seed => trial.Seed;

    public bool IsStopped => stop.IsCancellationRequested;

    public CancellationToken Stop => stop;

    /// <summary>Shows that so many of the trial's steps are done.</summary>
    /// <param name="step">From 0 to its length.</param>
    /// <param name="what">What it is at.</param>
    public void At(long step, string what) => display.At(before + Math.Min(step, trial.Length), () => $"{trial.Row}: {what}");

    /// <summary>Shows the part of a call that is done, as steps from one to another.</summary>
    public IProgress<double> Part(string what, long from, long to) => new Progressing(this, what, from, to);

    /// <summary>Trains until a model has so many steps.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batches">What it is given, from where it is.</param>
    /// <param name="steps">When it ends.</param>
    /// <param name="decays">Whether learning rates fall in a straight line to 0.</param>
    /// <param name="limit">Ends it in any case; null for none.</param>
    /// <param name="watch">Called before every step, or null.</param>
    /// <returns>False where it was told to stop.</returns>
    /// <exception cref="CommandException">A loss is no longer a number.</exception>
    public bool Train(
        IGenerativeModel model, ITrainingBatches batches, long steps, bool decays = true, TimeSpan? limit = null, Action? watch = null)
    {
        var started = Stopwatch.GetTimestamp();
        var (losses, rates) = (new float[model.LossNames.Length], new LearningRates(model));
        var seed = Invariant($"seed {trial.Seed}");
        while (model.Steps < steps)
        {
            if (stop.IsCancellationRequested) return false;
            if (Stopwatch.GetElapsedTime(started) > limit) break;
            watch?.Invoke();
            if (decays) rates.Decay(model.Steps, steps);
            var batch = batches.Next();
            model.Step(batch.Examples, batch.Labels, batch.Condition, losses);
            if (model.DivergedPhase is { } phase)
                throw new CommandException(
                    Invariant($"{trial.Row}, {seed}: training diverged at step {model.Steps:N0}, phase {phase}."), ExitCode.Failure);
            At(model.Steps, seed);
        }
        return true;
    }

    sealed class Progressing(TrialWork work, string what, long from, long to) : IProgress<double>
    {
        public void Report(double value) => work.At(from + (long)(value * (to - from)), what);
    }
}
