using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// Codes for an auto-encoder's decoder, by a second variational auto-encoder that is trained on the first one's codes (Dai and Wipf 2019,
/// section 4): where those do not follow the prior, images decoded from the prior are not like those of the data, and the second, whose
/// data have the dimension of its own codes, can learn how they lie.
/// </summary>
/// <remarks>
/// For any auto-encoder; the class is the caller's, because a model's size is in its declaration:
/// <code>
/// [Vae(Input = [20], Batch = 100)]
/// public partial class CodeVae
/// {
///     static Gaussian Encoder(Tensor x) { var h = x.Dense(256).Relu(); return new(h.Dense(20), h.Dense(20)); }
///     static Gaussian Decoder(Tensor z) => new(z.Dense(256).Relu().Dense(20), Tensor.Parameter("log_variance", [1]));
/// }
/// </code>
/// <code>
/// vae.Encode(images, means, logVariances);
/// var second = SecondStageSampler.Fit(codeVae, means, logVariances, 20, steps: 10_000, seed: 1);
/// second.Sample(seed: 7, codes);
/// vae.Decode(codes, newImages);
/// </code>
/// <see cref="MixtureOfGaussians"/> does the same without training.
/// </remarks>
public sealed class SecondStageSampler
{
    const string RateName = "learning_rate";

    readonly IGenerativeModel model;
    readonly double[] shift, scale, residual;

    SecondStageSampler(IGenerativeModel model, double[] shift, double[] scale, double[] residual) =>
        (this.model, this.shift, this.scale, this.residual) = (model, shift, scale, residual);

    /// <summary>Numbers of a code.</summary>
    public int Size => shift.Length;

    /// <summary>Standard deviation of each number around what the second decoder makes of a code, in the codes' own units.</summary>
    public ReadOnlySpan<double> Residual => residual;

    /// <summary>
    /// Trains the second model on codes, each scaled to mean 0 and variance 1, with learning rates that fall in a straight line from what
    /// they are to 0.
    /// </summary>
    /// <param name="model">
    /// A new or trained variational auto-encoder whose examples are codes; whoever called keeps it, and disposes of it after sampling.
    /// </param>
    /// <param name="means">[count × <paramref name="size"/>]: codes, or means of a posterior; at least one batch of them, finite.</param>
    /// <param name="logVariances">
    /// Of the posterior, of the same length: each use of a code is then a draw of its own. Empty where codes are exact.
    /// </param>
    /// <param name="size">Numbers of a code, at least 1.</param>
    /// <param name="steps">Of training, at least 1.</param>
    /// <param name="seed">Of order and draws; with the model's own seed decides everything.</param>
    /// <param name="progress">Is told the part that is done, 0 to 1.</param>
    /// <exception cref="ArgumentException">
    /// A part of a code, too few, another number of log-variances, a value that is not finite, codes that are all the same in a number, or
    /// a model of other examples.
    /// </exception>
    /// <exception cref="InvalidOperationException">A loss is no longer a number.</exception>
    public static SecondStageSampler Fit<TModel>(
        TModel model, ReadOnlySpan<float> means, ReadOnlySpan<float> logVariances, int size, long steps, ulong seed,
        IProgress<double>? progress = null)
        where TModel : class, IGenerativeModel<TModel>, ISampler, IReconstructor
    {
        ArgumentNullException.ThrowIfNull(model);
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, $"Expected at least 1 number of a code, got {size}.");
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), steps, $"Expected at least 1 step, got {steps}.");
        var examples = TModel.Card.Input.Aggregate(1L, (product, dimension) => product * dimension);
        if (examples != size)
            throw new ArgumentException(
                $"Expected a model whose examples are codes of {size} numbers, got {TModel.Card.Name}, whose examples have {examples}.",
                nameof(model));
        var count = Arguments.SomeRows(means, size, nameof(means));
        DataRange.Finite.Require(means, size, nameof(means));
        if (!logVariances.IsEmpty)
        {
            Arguments.CheckRows(logVariances, count, size, nameof(logVariances));
            DataRange.Finite.Require(logVariances, size, nameof(logVariances));
        }
        if (count < model.BatchSize)
            throw new ArgumentException($"Expected at least {model.BatchSize} codes (one batch), got {count}.", nameof(means));

        var (shift, scale) = Moments(means, logVariances, size);
        Train(model, means, logVariances, shift, scale, steps, seed, progress);

        // What the second decoder leaves: a draw around its mean is a code, the mean alone lies too well.
        float[] codes = new float[count * size], back = new float[codes.Length];
        Draw(means, logVariances, shift, scale, Philox.DrawKey(seed, "second-stage:residual"), 0, [.. Enumerable.Range(0, count)], codes);
        model.Reconstruct(seed, codes, [], [], back);
        var residual = new double[size];
        for (var i = 0; i < codes.Length; i++) residual[i % size] += Math.Pow(codes[i] - (double)back[i], 2) / count;
        for (var j = 0; j < size; j++) residual[j] = scale[j] * Math.Sqrt(residual[j]);
        return new(model, shift, scale, residual);
    }

    /// <summary>Writes codes: a function of the seed. The first n of more codes are the same as n codes.</summary>
    /// <exception cref="ArgumentException">Room for a part of a code.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public void Sample(ulong seed, Span<float> codes)
    {
        if (codes.Length % Size != 0)
            throw new ArgumentException($"Expected room for codes of {Size} numbers, got {codes.Length}.", nameof(codes));
        ((ISampler)model).Sample(seed, [], [], codes);
        var key = Philox.DrawKey(seed, "second-stage:epsilon");
        for (var i = 0; i < codes.Length; i++)
        {
            var j = i % Size;
            codes[i] = (float)(shift[j] + scale[j] * codes[i] + residual[j] * Philox.Normal(key, 0, 0, i / Size, j));
        }
    }

    /// <summary>Mean and deviation of each number of a drawn code.</summary>
    static (double[] Shift, double[] Scale) Moments(ReadOnlySpan<float> means, ReadOnlySpan<float> logVariances, int size)
    {
        var (count, shift, scale) = (means.Length / size, new double[size], new double[size]);
        for (var i = 0; i < means.Length; i++) shift[i % size] += (double)means[i] / count;
        for (var i = 0; i < means.Length; i++)
        {
            var own = logVariances.IsEmpty ? 0 : Math.Exp(logVariances[i]);
            scale[i % size] += (Math.Pow(means[i] - shift[i % size], 2) + own) / count;
        }
        for (var j = 0; j < size; j++)
        {
            scale[j] = Math.Sqrt(scale[j]);
            // Apart by no more than a float's rounding.
            if (scale[j] <= 1e-7 * Math.Abs(shift[j]))
                throw new ArgumentException($"Expected codes that differ, but all have {shift[j]:G7} as number {j}.", nameof(means));
        }
        return (shift, scale);
    }

    static void Train(
        IGenerativeModel model, ReadOnlySpan<float> means, ReadOnlySpan<float> logVariances, double[] shift, double[] scale, long steps,
        ulong seed, IProgress<double>? progress)
    {
        var (size, batch) = (shift.Length, model.BatchSize);
        var (count, values, losses) = (means.Length / size, new float[batch * size], new float[model.LossNames.Length]);
        var key = Philox.DrawKey(seed, "second-stage:code");
        int[] order = [.. Enumerable.Range(0, count)];
        string[] names = [.. model.Hyperparameters.Names.Where(name => name.Split(':', '.')[^1] == RateName)];
        float[] rates = [.. names.Select(name => model.Hyperparameters[name])];
        var perEpoch = count / batch;
        for (var step = 0L; step < steps; step++)
        {
            var position = (int)(step % perEpoch);
            if (position == 0) Shuffle(order, seed, step / perEpoch);
            for (var i = 0; i < names.Length; i++) model.Hyperparameters[names[i]] = rates[i] * (1 - (float)step / steps);
            Draw(means, logVariances, shift, scale, key, step, order.AsSpan(position * batch, batch), values);
            model.Step(values, [], [], losses);
            if (model.DivergedPhase is not null)
                throw new InvalidOperationException($"The second stage's loss is no longer a number after {step + 1} of {steps} steps; a "
                    + "smaller learning rate may help.");
            if (step % 16 == 15 || step == steps - 1) progress?.Report((step + 1.0) / steps);
        }
        for (var i = 0; i < names.Length; i++) model.Hyperparameters[names[i]] = rates[i];
    }

    static void Draw(
        ReadOnlySpan<float> means, ReadOnlySpan<float> logVariances, double[] shift, double[] scale, ulong key, long step,
        ReadOnlySpan<int> rows, Span<float> values)
    {
        var size = shift.Length;
        for (var row = 0; row < rows.Length; row++)
        {
            for (var j = 0; j < size; j++)
            {
                var i = rows[row] * size + j;
                var code = means[i] + (logVariances.IsEmpty ? 0 : Math.Exp(0.5 * logVariances[i]) * Philox.Normal(key, step, 0, row, j));
                values[row * size + j] = (float)((code - shift[j]) / scale[j]);
            }
        }
    }

    static void Shuffle(Span<int> order, ulong seed, long epoch)
    {
        var random = SplitMix64.ForEpoch(seed, epoch);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
