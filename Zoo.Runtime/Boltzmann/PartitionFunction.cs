using System.Runtime.ExceptionServices;

namespace Zoo.Runtime;

/// <summary>
/// log Z of a restricted Boltzmann machine by enumeration of its smaller layer: the other one sums, or integrates, to a product. States
/// follow each other in Gray code, so that each changes the other layer's inputs by one row of W.
/// </summary>
/// <remarks>Stretches of the code are shared among threads and added in order: the same bits on any number of them.</remarks>
public static class PartitionFunction
{
    /// <summary>Most units of a layer that is enumerated: 2²⁴ states.</summary>
    public const int MostUnits = 24;

    // States of a stretch: what rounding adds up to over one is far below what a double tells apart of log Z.
    const int StretchUnits = 12;

    /// <summary>log Z in nats.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="variance">As of <see cref="BoltzmannWeights"/>.</param>
    /// <param name="progress">Is told the part that is done.</param>
    /// <exception cref="InvalidOperationException">The layer to enumerate has more than <see cref="MostUnits"/> units.</exception>
    public static double Log(ModelEngine engine, float variance, IProgress<double>? progress)
    {
        var machine = new BoltzmannWeights(engine, variance);
        // Only hidden units have states that can be counted where visible ones are Gaussian.
        var countsVisible = machine.Variance is null && machine.Visible < machine.Hidden;
        var units = countsVisible ? machine.Visible : machine.Hidden;
        if (units > MostUnits)
            throw new InvalidOperationException(
                $"{engine.State.Description.Name}: log Z is enumerated up to {MostUnits} {(countsVisible ? "visible" : "hidden")} units, "
                    + $"but there are {units}. Call EstimateLogPartition.");
        return LogSumExp(Stretches(engine, machine, countsVisible, units, progress));
    }

    static double[] Stretches(
        ModelEngine engine, BoltzmannWeights machine, bool countsVisible, int units, IProgress<double>? progress)
    {
        var (bias, others) = countsVisible ? (machine.VisibleBias, machine.HiddenBias) : (machine.HiddenBias, machine.VisibleBias);
        var rows = countsVisible ? Transposed(machine) : machine.Weight;
        var within = Math.Min(units, StretchUnits);
        var (stretches, done, order) = (new double[1 << (units - within)], 0, new Lock());
        try
        {
            Parallel.For(0, stretches.Length, new ParallelOptions { MaxDegreeOfParallelism = engine.HostThreads }, stretch =>
            {
                stretches[stretch] = Stretch(bias, others, machine.Variance, rows, (long)stretch << within, 1L << within);
                if (progress is null) return;
                lock (order) engine.State.Tell(progress, (double)++done / stretches.Length);
            });
        }
        catch (AggregateException several)
        {
            // What whoever is told throws, to end it for instance, comes out as it does where one thread computes.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        return stretches;
    }

    static double[] Transposed(BoltzmannWeights machine)
    {
        var turned = new double[machine.Weight.Length];
        for (var i = 0; i < machine.Visible; i++)
            for (var j = 0; j < machine.Hidden; j++) turned[i * machine.Hidden + j] = machine.Weight[j * machine.Visible + i];
        return turned;
    }

    /// <summary>log Σ of so many states of the code, from one on.</summary>
    static double Stretch(double[] bias, double[] others, double[]? variance, double[] rows, long first, long count)
    {
        var (inputs, energy, state) = (variance is null ? (double[])others.Clone() : new double[others.Length], 0.0, first ^ first >> 1);
        void Flip(int unit, double sign)
        {
            energy += sign * bias[unit];
            var row = rows.AsSpan(unit * inputs.Length, inputs.Length);
            for (var k = 0; k < inputs.Length; k++) inputs[k] += sign * row[k];
        }

        for (var unit = 0; unit < bias.Length; unit++)
            if ((state >> unit & 1) != 0) Flip(unit, 1);
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        for (long i = 0; ;)
        {
            var term = energy + (variance is null ? Softplus(inputs) : Gaussian(inputs, others, variance));
            if (term > largest) (sum, largest) = (sum * Math.Exp(largest - term) + 1, term);
            else sum += Math.Exp(term - largest);
            if (++i == count) return largest + Math.Log(sum);
            var unit = System.Numerics.BitOperations.TrailingZeroCount(first + i);
            state ^= 1L << unit;
            Flip(unit, (state >> unit & 1) != 0 ? 1 : -1);
        }
    }

    /// <summary>Σ log(1 + eᵃ), with one logarithm for many factors of at most 2.</summary>
    static double Softplus(double[] inputs)
    {
        const int most = 512;
        var sum = 0.0;
        for (var start = 0; start < inputs.Length; start += most)
        {
            var product = 1.0;
            foreach (var a in inputs.AsSpan(start, Math.Min(most, inputs.Length - start)))
            {
                sum += Math.Max(a, 0);
                product *= 1 + Math.Exp(-Math.Abs(a));
            }
            sum += Math.Log(product);
        }
        return sum;
    }

    /// <summary>log ∫ exp(−Σ (v − b)² / 2s² + Σ v·a / s²) dv, a = Wh.</summary>
    static double Gaussian(double[] inputs, double[] bias, double[] variance)
    {
        var sum = 0.0;
        for (var i = 0; i < inputs.Length; i++)
            sum += 0.5 * Math.Log(2 * Math.PI * variance[i]) + (bias[i] + inputs[i] / 2) * inputs[i] / variance[i];
        return sum;
    }

    /// <summary>log Σ exp, by the largest.</summary>
    internal static double LogSumExp(ReadOnlySpan<double> values)
    {
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var value in values) largest = Math.Max(largest, value);
        if (double.IsInfinity(largest)) return largest;
        foreach (var value in values) sum += Math.Exp(value - largest);
        return largest + Math.Log(sum);
    }
}
