namespace Zoo.Runtime;

/// <summary>
/// log Z of a restricted Boltzmann machine by annealed importance sampling (Neal 2001; Salakhutdinov and Murray 2008, section 4.1): chains
/// go from a base machine without weights, whose Z is known, through p_β(v) ∝ exp(−(1 − β)·E_A(v) − β·E_b(v))·Π (1 + e^{β(c + Wᵀv)}) to
/// the machine itself, and gather log w = Σ log p*_{next}(v) / p*_β(v). A β is one run of a program, which draws afresh in every run.
/// </summary>
public static class AnnealedImportanceSampling
{
    /// <summary>With temperatures at equal distances.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="begin">Program that takes the base machine's biases and draws its visible units.</param>
    /// <param name="anneal">Program that weighs the chains for the next β and takes them there by a sweep.</param>
    /// <param name="increment">Where the logarithms of the weights' factors lie.</param>
    /// <param name="variance">As of <see cref="BoltzmannWeights"/>.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <param name="chains">Chains, at least 2.</param>
    /// <param name="temperatures">Values of β, both ends among them; at least 2.</param>
    /// <param name="reverse">Whether to go back from the machine to the base.</param>
    /// <param name="examples">What the base machine's biases are made of; empty: they are the machine's own.</param>
    /// <param name="progress">Is told the part that is done.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few chains or temperatures.</exception>
    public static PartitionEstimate EvenlySpaced(
        ModelEngine engine, int begin, int anneal, int increment, float variance, ulong seed, int chains, int temperatures, bool reverse,
        ReadOnlySpan<float> examples, IProgress<double>? progress)
    {
        if (temperatures < 2)
            throw new ArgumentOutOfRangeException(nameof(temperatures), temperatures, $"Expected at least 2, but got {temperatures}.");
        var betas = new double[temperatures];
        for (var i = 0; i < temperatures; i++) betas[i] = (double)i / (temperatures - 1);
        return Scheduled(engine, begin, anneal, increment, variance, seed, chains, betas, reverse, examples, progress);
    }

    /// <summary>With temperatures of the caller's.</summary>
    /// <inheritdoc cref="EvenlySpaced"/>
    /// <param name="schedule">β from 0 up to 1, each larger than the one before.</param>
    /// <exception cref="ArgumentException">The schedule does not go from 0 to 1, or an example has a value that is none.</exception>
#pragma warning disable CS1573 // the other parameters are inherited
    public static PartitionEstimate Scheduled(
        ModelEngine engine, int begin, int anneal, int increment, float variance, ulong seed, int chains, ReadOnlySpan<double> schedule,
        bool reverse, ReadOnlySpan<float> examples, IProgress<double>? progress)
#pragma warning restore CS1573
    {
        if (chains < 2) throw new ArgumentOutOfRangeException(nameof(chains), chains, $"Expected at least 2, but got {chains}.");
        Check(schedule);
        var machine = new BoltzmannWeights(engine, variance);
        var biases = Base(engine, machine, examples);
        var logWeights = new double[chains];
        var (chunk, size) = (engine.ChunkRows, machine.Visible);
        float[] rows = new float[chunk * size], from = new float[chunk], to = new float[chunk], factors = new float[chunk];
        for (var i = 0; i < rows.Length; i++) rows[i] = (float)biases[i % size];
        for (var row = 0; row < chains; row += chunk)
        {
            var count = Math.Min(chunk, chains - row);
            var run = new ProgramRun(count, seed, 0, 0, row, chains);
            engine.Run(begin, run, new Inputs(rows.AsSpan(0, count * size), size));
            var taken = 0L;
            var steps = (schedule.Length - 1L) * (reverse ? 2 : 1);
            for (var i = 1; i < schedule.Length; i++) Step(schedule[i - 1], schedule[i], isWeighed: !reverse, logWeights);
            // Backward chains begin where forward ones end: at the machine, as near as so many sweeps come to it.
            for (var i = schedule.Length - 1; reverse && i > 0; i--) Step(schedule[i], schedule[i - 1], isWeighed: true, logWeights);

            void Step(double beta, double next, bool isWeighed, double[] weights)
            {
                from.AsSpan(0, count).Fill((float)beta);
                to.AsSpan(0, count).Fill((float)next);
                engine.Run(anneal, run with { Step = taken >> 16, Iteration = (int)(taken & 0xffff) },
                    new Inputs(from.AsSpan(0, count), 1, to.AsSpan(0, count), 1));
                taken++;
                if (isWeighed)
                {
                    engine.Results(increment, factors.AsSpan(0, count));
                    for (var i = 0; i < count; i++) weights[row + i] += factors[i];
                }
                if ((taken & 0xff) == 0 || taken == steps)
                    engine.State.Tell(progress, (row + count * ((double)taken / steps)) / chains);
            }
        }
        var (mean, deviation, size2) = ImportanceWeights.Summarise(logWeights);
        var origin = LogPartitionOfBase(machine, biases);
        return new(reverse ? origin - mean : origin + mean, deviation, size2);
    }

    static void Check(ReadOnlySpan<double> schedule)
    {
        var isRising = schedule.Length >= 2 && schedule[0] == 0 && schedule[^1] == 1;
        for (var i = 1; i < schedule.Length && isRising; i++) isRising = (float)schedule[i] > (float)schedule[i - 1];
        if (!isRising)
            throw new ArgumentException(
                $"Expected at least two numbers that rise from 0 to 1 and differ as floats, but got {schedule.Length} of another kind.",
                nameof(schedule));
    }

    /// <summary>
    /// Biases of the base machine: the log-odds of the examples' means, as if half an example more had each bit set and half one clear, so
    /// that none is infinite; with Gaussian units the means; without examples the machine's own.
    /// </summary>
    static double[] Base(ModelEngine engine, BoltzmannWeights machine, ReadOnlySpan<float> examples)
    {
        if (examples.IsEmpty) return machine.VisibleBias;
        Arguments.Rows(examples, machine.Visible, nameof(examples));
        engine.CheckData(examples, machine.Visible, machine.Variance is null ? DataRange.Unit : DataRange.Finite, nameof(examples));
        return VisibleBiases.Of(examples, machine.Visible, machine.Variance is not null);
    }

    static double LogPartitionOfBase(BoltzmannWeights machine, double[] biases)
    {
        var sum = machine.Hidden * Math.Log(2);
        for (var i = 0; i < machine.Visible; i++)
            sum += machine.Variance is { } s ? 0.5 * Math.Log(2 * Math.PI * s[i]) : BoltzmannWeights.Softplus((float)biases[i]);
        return sum;
    }
}
