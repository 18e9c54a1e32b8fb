namespace Zoo.Runtime;

/// <summary>
/// log p(x) by importance sampling with q(z|x) as the proposal: L_K of Burda et al. 2016, eq. 8, for any K; or log p(x|y) with q(z|x, y).
/// </summary>
public static class ImportanceSampling
{
    /// <summary>Log-likelihood of each row, nats; returns the mean.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="encode">Program that writes q's moments.</param>
    /// <param name="logWeight">Program that takes x, a condition, mean and log-variance and writes log p(x|z) + log p(z) − log q(z|x) for
    /// one z.</param>
    /// <param name="mean">Where the moments lie after encoding.</param>
    /// <param name="logVariance">Where the moments lie after encoding.</param>
    /// <param name="weight">Where the log weights lie.</param>
    /// <param name="latent">Size of z.</param>
    /// <param name="x">Examples.</param>
    /// <param name="size">Size of an example.</param>
    /// <param name="samples">K.</param>
    /// <param name="perRow">Receives each row's log-likelihood, or is empty.</param>
    /// <param name="condition">What each example is given, which both programs take behind it.</param>
    /// <param name="conditionSize">Size of a condition; 0 where there is none.</param>
    /// <param name="progress">Is told how much is done, from 0 to 1, or null.</param>
    public static double LogLikelihood(
        ModelEngine engine, int encode, int logWeight, int mean, int logVariance, int weight, int latent, ReadOnlySpan<float> x, int size,
        int samples, Span<double> perRow,
        ReadOnlySpan<float> condition = default, int conditionSize = 0, IProgress<double>? progress = null)
    {
        using var use = engine.Enter();
        var rows = Arguments.Rows(x, size, nameof(x));
        Arguments.CheckPositive(samples, nameof(samples));
        if (!perRow.IsEmpty && perRow.Length != rows)
            throw new ArgumentException($"Expected room for {rows} rows, but got {perRow.Length}.", nameof(perRow));
        if (rows == 0) throw new ArgumentException("Expected at least one example, but got none.", nameof(x));
        var chunk = engine.ChunkRows;
        var (means, logVariances, weights) = (new float[chunk * latent], new float[chunk * latent], new float[chunk]);
        var (largest, sums) = (new double[chunk], new double[chunk]);
        var total = 0.0;
        for (var row = 0; row < rows; row += chunk)
        {
            var count = Math.Min(chunk, rows - row);
            var examples = x.Slice(row * size, count * size);
            var run = new ProgramRun(count, engine.State.Seed, 0, 0, row, rows);
            var conditions = condition.Slice(row * conditionSize, count * conditionSize);
            engine.Run(encode, run, new Inputs(examples, size, conditions, conditionSize));
            engine.Results(mean, means.AsSpan(0, count * latent));
            engine.Results(logVariance, logVariances.AsSpan(0, count * latent));
            ReadOnlySpan<float> meansOfRows = means.AsSpan(0, count * latent), logVariancesOfRows = logVariances.AsSpan(0, count * latent);
            var given = conditionSize == 0
                ? new Inputs(examples, size, meansOfRows, latent, logVariancesOfRows, latent)
                : new Inputs(examples, size, conditions, conditionSize, meansOfRows, latent, logVariancesOfRows, latent);
            largest.AsSpan().Fill(double.NegativeInfinity);
            sums.AsSpan().Clear();
            for (var sample = 0; sample < samples; sample++)
            {
                engine.Run(logWeight, run with { Iteration = sample & 0xffff, Step = sample >> 16 }, given);
                engine.Results(weight, weights.AsSpan(0, count));
                for (var i = 0; i < count; i++)
                {
                    // A running log-sum-exp: the sum is kept relative to the largest weight so far.
                    double w = weights[i];
                    if (w > largest[i]) (sums[i], largest[i]) = (sums[i] * Math.Exp(largest[i] - w) + 1, w);
                    // Two infinite ones have no difference: a second −∞ adds nothing, a second +∞ as much as the first.
                    else if (w == largest[i]) sums[i] += double.IsNegativeInfinity(w) ? 0 : 1;
                    else sums[i] += double.IsNegativeInfinity(w) ? 0 : Math.Exp(w - largest[i]);
                }
                engine.State.Tell(progress, (row + count * (sample + 1.0) / samples) / rows);
            }
            for (var i = 0; i < count; i++)
            {
                var logLikelihood = largest[i] + Math.Log(sums[i] / samples);
                if (!perRow.IsEmpty) perRow[row + i] = logLikelihood;
                total += logLikelihood;
            }
        }
        return total / rows;
    }
}
