using System.Globalization;
using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// log p(x) of examples by importance weights whose mean is p(x), in nats, with the two errors that such a number has: another set of
/// examples, and other draws. It is low on average, E log p̂ ≤ log E p̂ = log p(x), the less so the more samples: a negative log-likelihood
/// is an upper bound (Burda et al. 2016, theorem 1).
/// </summary>
/// <remarks>
/// A result is stated with all that it depends on: which examples and how they became binary, samples, and the proposal. <see
/// cref="ToString"/> has what is known here.
/// </remarks>
public sealed class LikelihoodEstimate
{
    /// <summary>Independent parts into which an example's samples are divided, to see how far they differ.</summary>
    public const int DefaultParts = 8;

    // Floats of examples that a call is given: 16 MiB.
    const int MostValues = 1 << 22;

    readonly double[] perExample, deviations, effectiveSampleSizes;

    internal LikelihoodEstimate(
        double[] perExample, double[] deviations, double[] effectiveSampleSizes, int samples, double monteCarloError)
    {
        (this.perExample, this.deviations, this.effectiveSampleSizes) = (perExample, deviations, effectiveSampleSizes);
        (Samples, MonteCarloError, Mean) = (samples, monteCarloError, perExample.Average());
        StandardError = Math.Sqrt(perExample.Sum(log => (log - Mean) * (log - Mean)) / (Examples - 1) / Examples);
        Bias = -deviations.Average(deviation => deviation * deviation) / 2;
        EffectiveSampleSize = effectiveSampleSizes.Average();
    }

    /// <summary>Mean of log p̂(x) over the examples. The negative log-likelihood is −<see cref="Mean"/>.</summary>
    public double Mean { get; }

    /// <summary>
    /// Standard error of <see cref="Mean"/> over examples: their standard deviation by the root of their number. It is what another test
    /// set of this size would change; NaN for one example.
    /// </summary>
    public double StandardError { get; }

    /// <summary>
    /// Standard error of <see cref="Mean"/> over draws: what other draws for these examples would change. Where few samples carry all the
    /// weight it is too small itself: look at <see cref="EffectiveSampleSize"/>.
    /// </summary>
    public double MonteCarloError { get; }

    /// <summary>
    /// How far <see cref="Mean"/> is from log p(x) on average, to first order: −½ the mean of <see cref="Deviations"/>² (Nowozin 2018). Not
    /// taken off; it is too small where <see cref="MonteCarloError"/> is.
    /// </summary>
    public double Bias { get; }

    /// <summary>
    /// Mean over the examples of their <see cref="EffectiveSampleSizes"/>: so many weights of the same size would be worth as much.
    /// </summary>
    public double EffectiveSampleSize { get; }

    /// <summary>Importance weights of an example: samples, or chains of annealed importance sampling.</summary>
    public int Samples { get; }

    /// <summary>How many examples.</summary>
    public int Examples => perExample.Length;

    /// <summary>log p̂(x) of each example, nats.</summary>
    public ReadOnlySpan<double> PerExample => perExample;

    /// <summary>
    /// Standard deviation of each of <see cref="PerExample"/> over draws, by the delta method: that of the weights' mean, relative to the
    /// mean. NaN where all weights are 0.
    /// </summary>
    public ReadOnlySpan<double> Deviations => deviations;

    /// <summary>
    /// (Σ w)² / Σ w² of each example, from 1, where one sample has all the weight, to <see cref="Samples"/>. NaN where all weights are 0.
    /// </summary>
    public ReadOnlySpan<double> EffectiveSampleSizes => effectiveSampleSizes;

    /// <summary>By importance sampling with the model's own proposal.</summary>
    /// <param name="model">The member <c>LogLikelihood</c> of a model, such as <c>vae.LogLikelihood</c>.</param>
    /// <param name="x">[count × <paramref name="size"/>], at least one example.</param>
    /// <param name="size">Values of an example, at least 1.</param>
    /// <param name="samples">
    /// Importance samples of an example, a multiple of <paramref name="parts"/>. Burda et al. 2016 evaluate with 5,000.
    /// </param>
    /// <param name="parts">
    /// Independent estimates that an example's are divided among, at least 2: their spread gives <see cref="Deviations"/> and <see
    /// cref="EffectiveSampleSizes"/>, more exactly the more there are, and each costs a run of the encoder.
    /// </param>
    /// <param name="progress">Is told the part that is done, 0 to 1, whenever some examples are.</param>
    /// <exception cref="ArgumentException">No example, a part of one, or samples that cannot be divided.</exception>
    public static LikelihoodEstimate Of(
        RowLogLikelihood model, ReadOnlySpan<float> x, int size, int samples, int parts = DefaultParts, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of<byte>((rows, _, count, perRow) => model(rows, count, perRow), x, size, default, 0, samples, parts, progress);
    }

    /// <summary>log p(x|y), by importance sampling with the model's own proposal.</summary>
    /// <param name="model">The member <c>LogLikelihood</c> of a model with labels or a condition.</param>
    /// <param name="x">[count × <paramref name="size"/>], at least one example.</param>
    /// <param name="size">Values of an example, at least 1.</param>
    /// <param name="given">[count × <paramref name="givenSize"/>]: a label or a condition for each example.</param>
    /// <param name="givenSize">Values of a condition; 1 for labels.</param>
    /// <param name="samples">
    /// Importance samples of an example, a multiple of <paramref name="parts"/>. Burda et al. 2016 evaluate with 5,000.
    /// </param>
    /// <param name="parts">
    /// Independent estimates that an example's are divided among, at least 2: their spread gives <see cref="Deviations"/> and <see
    /// cref="EffectiveSampleSizes"/>, more exactly the more there are, and each costs a run of the encoder.
    /// </param>
    /// <param name="progress">Is told the part that is done, 0 to 1, whenever some examples are.</param>
    /// <exception cref="ArgumentException">No example, a part of one, samples that cannot be divided, or another count given.</exception>
    public static LikelihoodEstimate Of<T>(
        RowLogLikelihood<T> model, ReadOnlySpan<float> x, int size, ReadOnlySpan<T> given, int givenSize, int samples,
        int parts = DefaultParts, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, "Expected at least 1 value of an example.");
        var examples = Arguments.SomeRows(x, size, nameof(x));
        if (given.Length != (long)examples * givenSize)
            throw new ArgumentException(
                $"Expected {(long)examples * givenSize} values ({givenSize} for each of {examples} examples), got {given.Length}.",
                nameof(given));
        if (parts < 2) throw new ArgumentOutOfRangeException(nameof(parts), parts, $"Expected at least 2 parts, got {parts}.");
        if (samples < parts || samples % parts != 0)
            throw new ArgumentException(
                $"Expected a multiple of {parts} samples, one or more for each part, got {samples}.", nameof(samples));

        // An example's parts are rows of one call: their draws are their own, as those of all rows of a call are.
        var most = (int)Math.Clamp(MostValues / ((long)size * parts), 1, examples);
        var (rows, conditions, logs) = (new float[most * parts * size], new T[most * parts * givenSize], new double[most * parts]);
        var (perExample, deviations, effective) = (new double[examples], new double[examples], new double[examples]);
        // Calls have the same draws in the same rows, so what these do to the mean adds up over calls.
        var shared = new double[most * parts];
        for (var first = 0; first < examples; first += most)
        {
            var count = Math.Min(most, examples - first);
            Repeat(x.Slice(first * size, count * size), size, parts, rows);
            Repeat(given.Slice(first * givenSize, count * givenSize), givenSize, parts, conditions);
            model(rows.AsSpan(0, count * parts * size), conditions.AsSpan(0, count * parts * givenSize), samples / parts,
                logs.AsSpan(0, count * parts));
            for (var i = 0; i < count; i++)
            {
                var own = logs.AsSpan(i * parts, parts);
                var (log, deviation, _) = ImportanceWeights.Summarise(own);
                (perExample[first + i], deviations[first + i]) = (log, deviation);
                // Of the mean of n weights the squared deviation is v / n, and of the effective size n / (1 + v).
                effective[first + i] = Math.Max(1, samples / (1 + samples * deviation * deviation));
                for (var part = 0; part < parts; part++) shared[i * parts + part] += Math.Exp(own[part] - log) - 1;
            }
            progress?.Report((double)(first + count) / examples);
        }
        var squares = shared.Sum(deviation => deviation * deviation) / parts / (parts - 1);
        return new(perExample, deviations, effective, samples, Math.Sqrt(squares) / examples);
    }

    /// <summary>The mean with both errors, and the protocol.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"log p(x) = {Mean:F3} nats an example; standard error {StandardError:F3} over {Examples} examples, {MonteCarloError:F3} over "
            + $"draws of {Samples} importance samples each, effective {EffectiveSampleSize:F1}");

    static void Repeat<T>(ReadOnlySpan<T> rows, int size, int times, Span<T> destination)
    {
        for (var i = 0; size > 0 && i < rows.Length / size * times; i++)
            rows.Slice(i / times * size, size).CopyTo(destination[(i * size)..]);
    }
}
