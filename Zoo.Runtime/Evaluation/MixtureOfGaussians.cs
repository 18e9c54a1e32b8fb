using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// A mixture of Gaussians with full covariances, p(z) = Σₖ πₖ·N(z; μₖ, Σₖ), fitted by expectation–maximisation (Dempster, Laird and Rubin
/// 1977): after training, what codes are drawn from instead of the prior, for any auto-encoder (Ghosh et al. 2020). Decoded
/// draws are then samples:
/// <code>
/// model.Encode(images, codes);
/// var prior = MixtureOfGaussians.Fit(codes, size: 20, components: 10, seed: 1);
/// prior.Sample(seed: 7, drawn);
/// model.Decode(drawn, pictures);
/// </code>
/// </summary>
/// <remarks>
/// Fit it to codes of examples that the model was trained on, and compare samples with others. Of a VAE fit it to draws of q(z|x), or to
/// means where the decoder is to be given means. The other sampler of a second stage, a VAE of codes (Dai and Wipf 2019), is a model:
/// declare one.
/// </remarks>
public sealed class MixtureOfGaussians
{
    readonly double[] weights, means, covariances;

    // Of each component L and L⁻¹, Σ = L·Lᵀ, and log π − ½ size·log 2π − Σ log L.
    readonly double[] factors, inverses, constants;

    MixtureOfGaussians(double[] weights, double[] means, double[] covariances, int size, MixtureFit? fitted)
    {
        (this.weights, this.means, this.covariances, Size, Fitted) = (weights, means, covariances, size, fitted);
        (factors, constants) = ((double[])covariances.Clone(), new double[weights.Length]);
        for (var k = 0; k < weights.Length; k++)
        {
            var factor = factors.AsSpan(k * size * size, size * size);
            if (!CholeskyFactor.TryFactor(factor, size))
                throw new SingularCovarianceException(
                    $"Expected covariances that are positive definite, but that of component {k} is not: a larger Regularisation makes it "
                        + "so.");
            constants[k] = Math.Log(weights[k]) - 0.5 * size * Math.Log(Math.Tau);
            for (var i = 0; i < size; i++) constants[k] -= Math.Log(factor[i * size + i]);
        }
        inverses = (double[])factors.Clone();
        for (var k = 0; k < weights.Length; k++) CholeskyFactor.Invert(inverses.AsSpan(k * size * size, size * size), size);
    }

    /// <summary>A mixture of given parameters.</summary>
    /// <param name="weights">π, one for each component: not negative, of sum 1.</param>
    /// <param name="means">[components × <paramref name="size"/>].</param>
    /// <param name="covariances">
    /// [components × <paramref name="size"/> × <paramref name="size"/>], each symmetric and positive definite.
    /// </param>
    /// <param name="size">Coordinates of a row, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit, weights that are none, values that are not finite, or a matrix that is
    /// not symmetric.</exception>
    /// <exception cref="SingularCovarianceException">A covariance is not positive definite.</exception>
    public static MixtureOfGaussians Of(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> means, ReadOnlySpan<double> covariances, int size)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, "Expected at least 1 coordinate of a row.");
        var sum = 0.0;
        foreach (var weight in weights)
        {
            if (!(weight >= 0)) throw new ArgumentException($"Expected weights that are not negative, got {weight}.", nameof(weights));
            sum += weight;
        }
        if (!(Math.Abs(sum - 1) < 1e-6)) throw new ArgumentException($"Expected weights of sum 1, got {sum}.", nameof(weights));
        RequireFinite(means, weights.Length * size, nameof(means));
        RequireFinite(covariances, weights.Length * size * size, nameof(covariances));
        for (var at = 0; at < covariances.Length; at++)
        {
            var (k, i, j) = (at / size / size, at / size % size, at % size);
            var (value, mirrored) = (covariances[at], covariances[(k * size + j) * size + i]);
            if (Math.Abs(value - mirrored) > 1e-9 * Math.Max(Math.Abs(value), Math.Abs(mirrored)))
                throw new ArgumentException(
                    $"Expected symmetric covariances, but component {k} has {value} at ({i}, {j}) and {mirrored} at ({j}, {i}).",
                    nameof(covariances));
        }
        return new([.. weights], [.. means], [.. covariances], size, null);

        static void RequireFinite(ReadOnlySpan<double> values, int length, string name)
        {
            if (values.Length != length) throw new ArgumentException($"Expected {length} values, got {values.Length}.", name);
            foreach (var value in values)
                if (!double.IsFinite(value)) throw new ArgumentException($"Expected finite numbers, got {value}.", name);
        }
    }

    /// <summary>
    /// The likeliest of several fits. Each begins at rows that are drawn one by one with a chance that grows with the squared distance from
    /// those before (k-means++, Arthur and Vassilvitskii 2007); rows go to the nearest, and all components begin with the covariance within
    /// these groups, so that none begins on a single row.
    /// </summary>
    /// <param name="rows">[count × <paramref name="size"/>], finite, not all the same.</param>
    /// <param name="size">Coordinates of a row, at least 1.</param>
    /// <param name="components">At least 1, and no more than there are rows.</param>
    /// <param name="seed">Of the starts: the same bits for the same seed, on any number of threads.</param>
    /// <param name="settings">Null for the defaults.</param>
    /// <exception cref="ArgumentException">No row, a part of one, a value that is not finite, rows that are all the same, more components
    /// than rows, or settings out of their range.</exception>
    /// <exception cref="SingularCovarianceException">
    /// The regularisation is too small for a component, as it is for fewer rows than coordinates without any.
    /// </exception>
    public static MixtureOfGaussians Fit(
        ReadOnlySpan<float> rows, int size, int components, ulong seed, MixtureSettings? settings = null)
    {
        settings ??= new();
        settings.Require();
        var data = new ExpectationMaximisation(rows, size, settings);
        if (components < 1 || components > data.Count)
            throw new ArgumentOutOfRangeException(nameof(components), components,
                $"Expected 1 to {data.Count} components, as there are {data.Count} rows.");
        MixtureOfGaussians? best = null;
        for (var restart = 0; restart < settings.Restarts; restart++)
        {
            var fitted = data.Run(data.Begin(components, seed, restart));
            if (best is null || fitted.Fitted!.Value.LogLikelihood > best.Fitted!.Value.LogLikelihood) best = fitted;
        }
        return best!;
    }

    /// <summary>Expectation–maximisation that begins at this mixture.</summary>
    /// <param name="rows">[count × <see cref="Size"/>], finite, not all the same.</param>
    /// <param name="settings">Null for the defaults; restarts are not looked at.</param>
    /// <exception cref="ArgumentException">As of <see cref="Fit"/>.</exception>
    /// <exception cref="SingularCovarianceException">The regularisation is too small for a component.</exception>
    public MixtureOfGaussians Refit(ReadOnlySpan<float> rows, MixtureSettings? settings = null)
    {
        settings ??= new();
        settings.Require();
        return new ExpectationMaximisation(rows, Size, settings).Run(this);
    }

    /// <summary>How it was fitted; null where its parameters were given.</summary>
    public MixtureFit? Fitted { get; }

    /// <summary>Coordinates of a row.</summary>
    public int Size { get; }

    /// <summary>How many Gaussians.</summary>
    public int Components => weights.Length;

    /// <summary>π: one for each component, of sum 1.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>μ of a component.</summary>
    public ReadOnlySpan<double> Mean(int component) => means.AsSpan(Checked(component) * Size, Size);

    /// <summary>Σ of a component, row by row.</summary>
    public ReadOnlySpan<double> Covariance(int component) => covariances.AsSpan(Checked(component) * Size * Size, Size * Size);

    /// <summary>log p(z), nats.</summary>
    /// <exception cref="ArgumentException">Not <see cref="Size"/> numbers.</exception>
    public double LogDensity(ReadOnlySpan<float> z)
    {
        if (z.Length != Size) throw new ArgumentException($"Expected a row of {Size} numbers, got {z.Length}.", nameof(z));
        double[] row = new double[Size], difference = new double[Size], logs = new double[Components];
        for (var i = 0; i < Size; i++) row[i] = z[i];
        LogJoint(row, difference, logs);
        return PartitionFunction.LogSumExp(logs);
    }

    /// <summary>Mean of log p(z) over rows, nats.</summary>
    /// <exception cref="ArgumentException">No row, or a part of one.</exception>
    public double LogLikelihood(ReadOnlySpan<float> rows)
    {
        if (rows.IsEmpty || rows.Length % Size != 0)
            throw new ArgumentException($"Expected one or more rows of {Size} numbers, got {rows.Length} values.", nameof(rows));
        var sum = 0.0;
        for (var start = 0; start < rows.Length; start += Size) sum += LogDensity(rows.Slice(start, Size));
        return sum / (rows.Length / Size);
    }

    /// <summary>Writes rows drawn from the mixture: a function of the seed. The first n of more rows are the same as n rows.</summary>
    /// <exception cref="ArgumentException">Room for a part of a row.</exception>
    public void Sample(ulong seed, Span<float> z)
    {
        if (z.Length % Size != 0) throw new ArgumentException($"Expected room for rows of {Size} numbers, got {z.Length}.", nameof(z));
        var (choice, noise) = (Philox.DrawKey(seed, "mixture:component"), Philox.DrawKey(seed, "mixture:epsilon"));
        var epsilon = new double[Size];
        for (var row = 0; row < z.Length / Size; row++)
        {
            var component = Component(Philox.Uniform(choice, 0, 0, row, 0));
            for (var j = 0; j < Size; j++) epsilon[j] = Philox.Normal(noise, 0, 0, row, j);
            for (var j = 0; j < Size; j++)
            {
                var factor = factors.AsSpan((component * Size + j) * Size, j + 1);
                z[row * Size + j] = (float)(means[component * Size + j] + DoubleRows.Dot(factor, epsilon));
            }
        }
    }

    /// <summary>log πₖ·N(z; μₖ, Σₖ) of every component.</summary>
    internal void LogJoint(ReadOnlySpan<double> z, Span<double> difference, Span<double> logs)
    {
        for (var k = 0; k < Components; k++)
        {
            for (var i = 0; i < Size; i++) difference[i] = z[i] - means[k * Size + i];
            var squares = 0.0;
            for (var i = 0; i < Size; i++)
            {
                var whitened = DoubleRows.Dot(inverses.AsSpan((k * Size + i) * Size, i + 1), difference);
                squares += whitened * whitened;
            }
            logs[k] = constants[k] - 0.5 * squares;
        }
    }

    internal static MixtureOfGaussians Estimated(double[] weights, double[] means, double[] covariances, int size, MixtureFit fit) =>
        new(weights, means, covariances, size, fit);

    /// <summary>The component whose part of [0, 1) a number is in.</summary>
    int Component(double uniform)
    {
        var last = 0;
        for (var k = 0; k < weights.Length; k++)
        {
            if (weights[k] == 0) continue;
            last = k;
            uniform -= weights[k];
            if (uniform < 0) return k;
        }
        // Weights whose sum is a little less than 1.
        return last;
    }

    int Checked(int component) => component >= 0 && component < Components
        ? component
        : throw new ArgumentOutOfRangeException(nameof(component), component, $"Expected 0 to {Components - 1}.");
}

/// <summary>How a mixture was fitted.</summary>
/// <param name="LogLikelihood">Mean of log p over the rows it was fitted to, nats.</param>
/// <param name="Iterations">Steps of expectation–maximisation.</param>
/// <param name="HasConverged">Whether the last step added less than the tolerance.</param>
public readonly record struct MixtureFit(double LogLikelihood, int Iterations, bool HasConverged);
