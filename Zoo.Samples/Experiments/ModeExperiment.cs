using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Zoo.Samples.Data;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Samples.Experiments;

/// <summary>One training of the experiment.</summary>
internal sealed record ModeTrial(IPointsRecipe Recipe, GaussianMixture Mixture, ulong Seed, long Steps);

/// <summary>
/// Trains each model on each mixture from each seed and measures which modes are found. Several trainings run at a time, each on one
/// thread: networks so small gain little from two. What was finished or stopped is kept in the folder and not done again.
/// </summary>
/// <param name="trials">What to train, in the order in which it is begun and told.</param>
/// <param name="folder">For results and stopped runs.</param>
/// <param name="parallel">Trainings at a time.</param>
/// <param name="accelerator">Where they run; null for a thread of the processor each.</param>
internal sealed class ModeExperiment(IReadOnlyList<ModeTrial> trials, string folder, int parallel, Device? accelerator)
{
    readonly ResultLines<ModeResult> results = new(Path.Combine(folder, "results.jsonl"), ModeResultJson.Lines.ModeResult);
    readonly Lock gate = new();
    long done;

    public long Length => trials.Sum(trial => trial.Steps);

    /// <summary>The results in the order of the trials; fewer where it was told to stop.</summary>
    /// <exception cref="CommandLine.CommandException">A training diverged.</exception>
    public IReadOnlyList<ModeResult> Run(IProgressDisplay display, CancellationToken stop)
    {
        var finished = new ModeResult?[trials.Count];
        var next = -1;
        var failures = new List<Exception>();
        var workers = new Thread[Math.Min(parallel, trials.Count)];
        for (var i = 0; i < workers.Length; i++) workers[i] = new Thread(Work) { Name = "Zoo experiment" };
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        if (failures.Count > 0) ExceptionDispatchInfo.Throw(failures[0]);
        return [.. finished.OfType<ModeResult>()];

        void Work()
        {
            try
            {
                while (!stop.IsCancellationRequested && Interlocked.Increment(ref next) is var index && index < trials.Count)
                {
                    bool failed;
                    lock (gate) failed = failures.Count > 0;
                    if (failed) return;
                    finished[index] = RunTrial(trials[index], display, stop);
                }
            }
            catch (Exception error)
            {
                lock (gate) failures.Add(error);
            }
        }
    }

    ModeResult? RunTrial(ModeTrial trial, IProgressDisplay display, CancellationToken stop)
    {
        var settings = Settings(trial.Recipe);
        var wanted = (trial.Recipe.Name, trial.Mixture.Name, trial.Seed, trial.Steps, settings);
        if (results.Find(result => (result.Model, result.Data, result.Seed, result.Steps, result.Settings) == wanted) is { } known)
        {
            Advance(display, trial, trial.Steps);
            Tell(display, known, " (known)");
            return known;
        }

        using var thread = accelerator is null ? Device.CpuWith(1) : null;
        var stopped = Path.Combine(folder, $"{trial.Recipe.Name}-{trial.Mixture.Name}-seed{trial.Seed}-of{trial.Steps}.safetensors");
        var resume = File.Exists(stopped) ? stopped : null;
        using var run = trial.Recipe.OpenPoints(
            new TrainingSettings(trial.Seed, accelerator ?? thread!, trial.Mixture.Name, null, trial.Steps, null, resume));
        var started = Stopwatch.GetTimestamp();
        var quiet = new Steps(this, display, trial, run.Model.Steps);
        Advance(display, trial, run.Model.Steps);
        if (!new TrainingLoop(run).Run(quiet, _ => { }, stop))
        {
            run.Model.Save(stopped);
            return null;
        }
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var coverage = run.Coverage();
        var result = new ModeResult(
            trial.Recipe.Name, trial.Mixture.Name, trial.Seed, trial.Steps, settings, coverage.Modes, coverage.Found, coverage.HighQuality,
            double.IsNaN(coverage.ReverseDivergence) ? null : coverage.ReverseDivergence, seconds);
        results.Add(result);
        File.Delete(stopped);
        Tell(display, result, resume is null ? "" : " (after a stop)");
        return result;
    }

    // What a result depends on beside the trial itself.
    static string Settings(IPointsRecipe recipe)
    {
        using var fresh = recipe.OpenPoints(new TrainingSettings(0, Device.Cpu, null, null, 1, null, null));
        return ModelSettings.Of(fresh.Model, recipe.Card);
    }

    void Advance(IProgressDisplay display, ModeTrial trial, long steps)
    {
        if (steps == 0) return;
        lock (gate) display.At(done += steps, () => $"{trial.Recipe.Name}, {trial.Mixture.Name}, seed {trial.Seed}");
    }

    void Tell(IProgressDisplay display, ModeResult result, string note)
    {
        lock (gate) display.Line(Row(result) + note);
    }

    public static string Heading { get; } = "model               data  seed    steps  modes    near  reverse KL  seconds";

    static string Row(ModeResult result)
    {
        var modes = $"{result.Found}/{result.Modes}";
        var divergence = result.ReverseDivergence?.ToString("F3", CultureInfo.InvariantCulture) ?? "–";
        return string.Create(CultureInfo.InvariantCulture,
            $"{result.Model,-19} {result.Data,-4} {result.Seed,5} {result.Steps,8:N0} {modes,6} {100 * result.HighQuality,5:F1} % "
            + $"{divergence,11} {result.Seconds,8:F1}");
    }

    /// <summary>The steps of one training on the way to those of all; its own table is not shown.</summary>
    sealed class Steps(ModeExperiment experiment, IProgressDisplay display, ModeTrial trial, long at) : IProgressDisplay
    {
        const int Stride = 50;

        long told = at;

        public void Show(IEnumerable<string> heading, long length, Action work) => work();

        public void At(long position, Func<string> status)
        {
            // Not at every step: the workers would queue for the lock.
            if (position - told < Stride && position < trial.Steps) return;
            experiment.Advance(display, trial, position - told);
            told = position;
        }

        public void Line(string text) { }
    }
}
