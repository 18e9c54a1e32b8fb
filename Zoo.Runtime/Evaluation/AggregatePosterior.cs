using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// The aggregate posterior q(z) = (1/N) Σ q(z|xₙ) of an encoder with a diagonal Gaussian posterior: the law of a code when the example
/// is drawn too (Makhzani et al. 2016, section 2; Hoffman and Johnson 2016). With N(0, I) as the prior, the mean divergence of a VAE's
/// bound is KL(q(z) ‖ p(z)), what is missed by sampling from the prior, and the information that a code has of its example.
/// </summary>
public sealed class AggregatePosterior
{
    /// <summary>Of the mean of q(z|x) over examples, above which a unit counts as active (Burda et al. 2016, section 5).</summary>
    public const double ActiveVariance = 0.01;

    readonly double[] means, inverse, mean, variance, meanVariance;

    // For each example −½ Σ (log σ² + log 2π), and its divergence from N(0, I).
    readonly double[] constants;
    readonly double[] deviations;

    AggregatePosterior(ReadOnlySpan<float> ofMeans, ReadOnlySpan<float> logVariances, int size)
    {
        (Size, Count) = (size, ofMeans.Length / size);
        means = new double[ofMeans.Length];
        (inverse, deviations, constants) = (new double[ofMeans.Length], new double[ofMeans.Length], new double[Count]);
        (mean, variance, meanVariance) = (new double[size], new double[size], new double[size]);
        var divergence = 0.0;
        for (var i = 0; i < means.Length; i++)
        {
            double logVariance = logVariances[i];
            means[i] = ofMeans[i];
            (inverse[i], deviations[i]) = (Math.Exp(-logVariance), Math.Exp(logVariance / 2));
            constants[i / size] -= 0.5 * (logVariance + Math.Log(Math.Tau));
            divergence += 0.5 * (means[i] * means[i] + Math.Exp(logVariance) - logVariance - 1);
            mean[i % size] += means[i] / Count;
            variance[i % size] += Math.Exp(logVariance) / Count;
        }
        MeanDivergence = divergence / Count;
        for (var i = 0; i < means.Length; i++) meanVariance[i % size] += Square(means[i] - mean[i % size]) / Count;
        for (var j = 0; j < size; j++) variance[j] += meanVariance[j];
    }

    /// <param name="means">[examples × <paramref name="size"/>]: means of q(z|x), as <c>Encode</c> gives them.</param>
    /// <param name="logVariances">Their log-variances.</param>
    /// <param name="size">Numbers of a code, at least 1.</param>
    /// <exception cref="ArgumentException">No example, a part of one, other counts in the two, or a value that is not finite.</exception>
    public static AggregatePosterior Of(ReadOnlySpan<float> means, ReadOnlySpan<float> logVariances, int size)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, "Expected at least 1 number of a code.");
        if (means.IsEmpty || means.Length % size != 0)
            throw new ArgumentException($"Expected one or more codes of {size} numbers, got {means.Length} values.", nameof(means));
        if (logVariances.Length != means.Length)
            throw new ArgumentException(
                $"Expected {means.Length} values, one for each of the means, got {logVariances.Length}.", nameof(logVariances));
        DataRange.Finite.Require(means, size, nameof(means));
        DataRange.Finite.Require(logVariances, size, nameof(logVariances));
        return new(means, logVariances, size);
    }

    /// <summary>Numbers of a code.</summary>
    public int Size { get; }

    /// <summary>Examples.</summary>
    public int Count { get; }

    /// <summary>E z under q(z), by unit.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>Var z under q(z), by unit: that of the means and the mean of the variances. 1 where q(z) is the prior.</summary>
    public ReadOnlySpan<double> Variance => variance;

    /// <summary>Variance over examples of the mean of q(z|x), by unit (Burda et al. 2016, section 5): what tells examples apart.</summary>
    public ReadOnlySpan<double> MeanVariance => meanVariance;

    /// <summary>Mean over the examples of KL(q(z|x) ‖ N(0, I)), nats: the bound's divergence.</summary>
    public double MeanDivergence { get; }

    /// <summary>Units whose <see cref="MeanVariance"/> is above a threshold.</summary>
    public int ActiveUnits(double threshold = ActiveVariance) => meanVariance.Count(v => v > threshold);

    /// <summary>log q(z), nats.</summary>
    /// <exception cref="ArgumentException">Not <see cref="Size"/> numbers.</exception>
    public double LogDensity(ReadOnlySpan<float> z)
    {
        if (z.Length != Size) throw new ArgumentException($"Expected a code of {Size} numbers, got {z.Length}.", nameof(z));
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        for (var example = 0; example < Count; example++)
        {
            var log = constants[example];
            for (var j = 0; j < Size; j++) log -= 0.5 * Square(z[j] - means[example * Size + j]) * inverse[example * Size + j];
            // log Σ e^log as it goes: all that was added is divided anew by the largest.
            if (log <= largest) sum += Math.Exp(log - largest);
            else (sum, largest) = (sum * Math.Exp(largest - log) + 1, log);
        }
        return largest + Math.Log(sum / Count);
    }

    /// <summary>Writes codes drawn from q(z): of an example by chance each; a function of the seed.</summary>
    /// <exception cref="ArgumentException">Room for a part of a code.</exception>
    public void Sample(ulong seed, Span<float> z)
    {
        if (z.Length % Size != 0) throw new ArgumentException($"Expected room for codes of {Size} numbers, got {z.Length}.", nameof(z));
        var (choice, noise) = (Philox.DrawKey(seed, "aggregate:example"), Philox.DrawKey(seed, "aggregate:epsilon"));
        for (var row = 0; row < z.Length / Size; row++)
        {
            var example = Philox.Class(choice, 0, 0, row, Count);
            for (var j = 0; j < Size; j++)
            {
                var at = example * Size + j;
                z[row * Size + j] = (float)(means[at] + deviations[at] * Philox.Normal(noise, 0, 0, row, j));
            }
        }
    }

    /// <summary>
    /// KL(q(z) ‖ N(0, I)) by the mean of log q(z) − log p(z) over draws from q(z), and what is left of <see cref="MeanDivergence"/>.
    /// </summary>
    /// <param name="seed">Of the draws.</param>
    /// <param name="samples">How many, at least 2; each is compared with every example.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 samples.</exception>
    public AggregateDivergence Divergence(ulong seed, int samples)
    {
        if (samples < 2) throw new ArgumentOutOfRangeException(nameof(samples), samples, "Expected at least 2 samples.");
        var (z, sum, squares) = (new float[samples * Size], 0.0, 0.0);
        Sample(seed, z);
        for (var row = 0; row < samples; row++)
        {
            var code = z.AsSpan(row * Size, Size);
            var log = LogDensity(code);
            foreach (var number in code) log += 0.5 * (Square(number) + Math.Log(Math.Tau));
            sum += log;
            squares += log * log;
        }
        var divergence = sum / samples;
        var spread = Math.Max(0, squares / samples - divergence * divergence) / (samples - 1);
        return new(divergence, Math.Sqrt(spread), MeanDivergence - divergence);
    }

    static double Square(double value) => value * value;
}

/// <summary>The mean divergence of a bound in two parts (Hoffman and Johnson 2016, eq. 6), nats.</summary>
/// <param name="Divergence">KL(q(z) ‖ N(0, I)): what sampling from the prior misses.</param>
/// <param name="Deviation">Standard error of it, from the draws.</param>
/// <param name="Information">What a code tells of its example, at most log N; the rest.</param>
public readonly record struct AggregateDivergence(double Divergence, double Deviation, double Information);
