using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// log p(x) of a decoder with the prior N(0, I), by annealed importance sampling with Hamiltonian Monte Carlo over codes (Neal 2001; Wu et
/// al. 2017), for any model whose decoder is a density, whatever its encoder is or if it has one: chains go from a base
/// q₀(z), the prior, through q₀^(1−β)·(p(z)·p(x|z))^β to the posterior and gather log w, E w = p(x).
/// </summary>
/// <param name="Likelihood">The estimate, its weights those of the chains.</param>
/// <param name="Acceptance">
/// Mean part of proposals that were accepted, 0 to 1. Far from what was asked for, the schedule is too short for the pilot to find step
/// sizes.
/// </param>
/// <remarks>
/// A proposal is so many leapfrog steps from a fresh momentum, of a size that varies by a fifth, so that no chain goes round in circles of
/// one length (Neal 2011). Everything is a function of the seed and the values of the decoder.
/// </remarks>
public sealed record AnnealedLikelihood(LikelihoodEstimate Likelihood, double Acceptance)
{
    // Chains that the decoder sees in one call.
    const int Rows = 1024;

    /// <summary>From the prior, or from a Gaussian of the caller's for each example.</summary>
    /// <param name="decoder">The density.</param>
    /// <param name="x">[count × <see cref="IDecoderLikelihood.ExampleSize"/>], at least one example; finite.</param>
    /// <param name="seed">Of all draws.</param>
    /// <param name="settings">Chains, schedule and steps; null for the defaults.</param>
    /// <param name="means">
    /// [count × <see cref="IDecoderLikelihood.CodeSize"/>]: means of q₀, as <c>Encode</c> gives them, or empty for the prior's. A base near
    /// the posterior needs a shorter schedule (Mescheder et al. 2017 begin at the contrast); it must not be narrower.
    /// </param>
    /// <param name="logVariances">Log-variances of q₀, of the same length, finite.</param>
    /// <param name="progress">Is told the part that is done, 0 to 1.</param>
    /// <exception cref="ArgumentException">
    /// No example, a part of one, a value that is not finite, means without log-variances, or settings out of their range.
    /// </exception>
    /// <exception cref="InvalidOperationException">log p(x|z) is NaN at a code drawn from the base.</exception>
    public static AnnealedLikelihood Of(
        IDecoderLikelihood decoder, ReadOnlySpan<float> x, ulong seed, AnnealingSettings? settings = null,
        ReadOnlySpan<float> means = default, ReadOnlySpan<float> logVariances = default, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        settings ??= new();
        settings.Require();
        var (size, code) = (decoder.ExampleSize, decoder.CodeSize);
        if (size < 1 || code < 1)
            throw new ArgumentException($"Expected sizes of at least 1, got examples of {size} and codes of {code}.", nameof(decoder));
        var examples = Arguments.SomeRows(x, size, nameof(x));
        DataRange.Finite.Require(x, size, nameof(x));
        var isPrior = means.IsEmpty && logVariances.IsEmpty;
        if (!isPrior)
        {
            Arguments.CheckRows(means, examples, code, nameof(means));
            Arguments.CheckRows(logVariances, examples, code, nameof(logVariances));
            DataRange.Finite.Require(means, code, nameof(means));
            DataRange.Finite.Require(logVariances, code, nameof(logVariances));
        }

        var (schedule, chains) = ((double[])[.. settings.Schedule], settings.Chains);
        var most = Math.Clamp(Rows / chains, 1, examples);
        using var pilot = new HamiltonianChains(decoder, seed, "pilot", most, settings.PilotChains, settings);
        using var main = new HamiltonianChains(decoder, seed, "annealing", most, chains, settings);
        var (perExample, deviations, effective) = (new double[examples], new double[examples], new double[examples]);
        var acceptance = 0.0;
        for (var first = 0; first < examples; first += most)
        {
            var count = Math.Min(most, examples - first);
            var steps = new double[count * schedule.Length];
            foreach (var part in (HamiltonianChains[])[pilot, main])
            {
                part.Begin(x.Slice(first * size, count * size), isPrior ? [] : means.Slice(first * code, count * code),
                    isPrior ? [] : logVariances.Slice(first * code, count * code), first);
                var before = part == pilot ? 0 : settings.PilotChains;
                var told = part;
                var accepted = part.Anneal(schedule, steps, part == pilot, done => progress?.Report(
                    (first + count * (before + told.Chains * done) / (settings.PilotChains + chains)) / examples));
                if (part == main) acceptance += accepted * count / examples;
            }
            for (var i = 0; i < count; i++)
                (perExample[first + i], deviations[first + i], effective[first + i]) =
                    ImportanceWeights.Summarise(main.LogWeights.Slice(i * chains, chains));
        }
        var error = Math.Sqrt(deviations.Sum(deviation => deviation * deviation)) / examples;
        return new(new(perExample, deviations, effective, chains, error), acceptance);
    }
}
