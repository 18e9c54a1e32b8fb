using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
/// <param name="folder">For a training that is stopped.</param>
/// <param name="device">Where models run.</param>
/// <param name="threads">For what is computed beside models.</param>
/// <param name="stop">Ends a training between two steps.</param>
internal sealed class TrialWork(
    IProgressDisplay display, long before, Trial trial, string folder, Device device, int threads, CancellationToken stop)
{
    public Device Device => device;

    public int Threads => threads;

    public ulong Seed => trial.Seed;

    /// <summary>The checkpoint that a training of this trial left when it was stopped; null where it left none.</summary>
    public string? Stopped => File.Exists(Checkpoint) ? Checkpoint : null;

    public bool IsStopped => stop.IsCancellationRequested;

    // Of these settings alone: another length is another training.
    string Checkpoint => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture,
        $"stopped-{trial.Seed}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(trial.Row + trial.Settings)))[..12]}")
        + ".safetensors");

    /// <summary>A model that is trained in full: begun, or gone on from where it was stopped.</summary>
    /// <param name="create">Makes a new one.</param>
    /// <param name="batches">What it is given, from the first step on.</param>
    /// <param name="steps">When training ends.</param>
    /// <param name="begin">What is done to a new one, or null.</param>
    /// <returns>The caller's to dispose of; null where it was told to stop.</returns>
    /// <exception cref="CommandException">A loss is no longer a number.</exception>
    public TModel? Trained<TModel>(
        Func<ulong, Device, TModel> create, Func<TModel, ITrainingBatches> batches, long steps, Action<TModel>? begin = null)
        where TModel : class, IGenerativeModel<TModel>
    {
        var model = create(trial.Seed, device);
        var rates = new LearningRates(model);
        if (Stopped is { } stopped)
        {
            model.Dispose();
            model = Checkpoints.Load<TModel>("--out", stopped, device);
            rates = rates.For(model);
        }
        else begin?.Invoke(model);
        try
        {
            using var data = batches(model);
            if (Train(model, data, steps, rates)) return model;
            Keep(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
        model.Dispose();
        return null;
    }

    /// <summary>Keeps a model whose training was stopped, for when the trial is begun again.</summary>
    public void Keep(IGenerativeModel model) => model.Save(Checkpoint);

    /// <summary>Removes what was kept: the trial is done.</summary>
    public void Forget() => File.Delete(Checkpoint);

    /// <summary>Shows that so many of the trial's steps are done.</summary>
    /// <param name="step">From 0 to its length.</param>
    /// <param name="what">What it is at.</param>
    public void At(long step, string what) => display.At(before + Math.Min(step, trial.Length), () => $"{trial.Row}: {what}");

    /// <summary>Shows the part of a call that is done, as steps from one to another.</summary>
    public IProgress<double> Part(string what, long from, long to) => new Progressing(this, what, from, to);

    /// <summary>Trains until a model has so many steps.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batches">What it is given, from the first step on.</param>
    /// <param name="steps">When it ends.</param>
    /// <param name="decaying">Learning rates that fall in a straight line to 0, or null.</param>
    /// <param name="limit">
    /// Ends it in any case; null for none. Of processor time by threads, so that a machine that is busy trains as long as one that is not;
    /// on a GPU of the clock.
    /// </param>
    /// <param name="watch">Called before every step, or null.</param>
    /// <returns>False where it was told to stop.</returns>
    /// <exception cref="CommandException">A loss is no longer a number.</exception>
    public bool Train(
        IGenerativeModel model, ITrainingBatches batches, long steps, LearningRates? decaying = null, TimeSpan? limit = null,
        Action? watch = null)
    {
        var (started, losses) = (Elapsed, new float[model.LossNames.Length]);
        var seed = Invariant($"seed {trial.Seed}");
        batches.Seek(model.Steps);
        while (model.Steps < steps)
        {
            if (IsStopped) return false;
            if (limit is not null && Elapsed - started > limit) break;
            watch?.Invoke();
            decaying?.Decay(model.Steps, steps);
            var batch = batches.Next();
            model.Step(batch.Examples, batch.Labels, batch.Condition, losses);
            if (model.DivergedPhase is { } phase)
                throw new CommandException(
                    Invariant($"{trial.Row}, {seed}: training diverged at step {model.Steps:N0}, phase {phase}."), ExitCode.Failure);
            At(model.Steps, seed);
        }
        return true;
    }

    TimeSpan Elapsed => device.IsGpu ? Stopwatch.GetElapsedTime(0) : Environment.CpuUsage.TotalTime / threads;

    sealed class Progressing(TrialWork work, string what, long from, long to) : IProgress<double>
    {
        public void Report(double value) => work.At(from + (long)(value * (to - from)), what);
    }
}
