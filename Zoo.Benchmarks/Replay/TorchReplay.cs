using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>What a step is given, in double precision.</summary>
/// <param name="X">Examples, a row each.</param>
/// <param name="Y">One-hot rows of labels, zeros where one is left out, or conditions; without columns where there are neither.</param>
sealed record TorchBatch(Tensor X, Tensor Y) : IDisposable
{
    public static TorchBatch Of(ReplayBatch batch, int rows, int classes)
    {
        var y = classes > 0 ? new float[rows * classes] : batch.Condition;
        for (var i = 0; i < batch.Labels.Length; i++)
            if (batch.Labels[i] >= 0) y[i * classes + batch.Labels[i]] = 1;
        Tensor Rows(float[] values) => tensor(values, ScalarType.Float64).reshape(rows, values.Length / rows);
        return new(Rows(batch.X), Rows(y));
    }

    public void Dispose()
    {
        X.Dispose();
        Y.Dispose();
    }
}

/// <summary>
/// The peer of a model: the step that a careful user would write, on weights and draws that are given to it. In double precision, so that
/// what it says depends neither on the processor nor on the order of its sums, and a deviation is ours alone.
/// </summary>
/// <param name="weights">First values of all parameters.</param>
abstract class TorchReplay(ParameterSet weights) : IDisposable
{
    readonly Dictionary<string, TorchSharp.Modules.Parameter> parameters = weights.ToDictionary(weight => weight.Name, Copy);

    /// <summary>One step on a batch.</summary>
    /// <param name="step">Counted from 0.</param>
    /// <param name="batch">What the model was given.</param>
    /// <param name="draws">What the model drew in the same step.</param>
    /// <returns>The losses in the order of the model's, NaN where a phase is not due.</returns>
    public abstract ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws);

    public virtual void Dispose()
    {
        foreach (var parameter in parameters.Values) parameter.Dispose();
    }

    /// <summary>Moves every weight by a relative amount, up and down by turns.</summary>
    public void Nudge(double relative)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var parameter in parameters.Values.Where(p => p.requires_grad))
        {
            var signs = 2 * (arange(parameter.numel()) % 2) - 1;
            parameter.mul_(1 + relative * signs.reshape(parameter.shape));
        }
    }

    /// <summary>What batch normalisation has kept so far.</summary>
    /// <param name="steps">After how many steps that is.</param>
    public IEnumerable<ReplayedStatistic> Statistics(int steps) => parameters.Where(p => !p.Value.requires_grad)
        .Select(p => new ReplayedStatistic(steps, p.Key, [.. p.Value.data<double>()]));

    /// <summary>The parameters of a network that an optimiser moves.</summary>
    protected IEnumerable<TorchSharp.Modules.Parameter> Of(string network) => parameters
        .Where(p => p.Value.requires_grad && p.Key.StartsWith(network + ".", StringComparison.Ordinal)).Select(p => p.Value);

    protected Tensor Dense(string layer, Tensor x) => F.linear(x, parameters[layer + ".weight"], Bias(layer));

    protected Tensor Conv(string layer, Tensor x, long stride, long padding) =>
        F.conv2d(x, parameters[layer + ".weight"], Bias(layer), [stride, stride], [padding, padding]);

    protected Tensor ConvTranspose(string layer, Tensor x, long stride, long padding) =>
        F.conv_transpose2d(x, parameters[layer + ".weight"], Bias(layer), [stride, stride], [padding, padding]);

    /// <summary>By the statistics of the batch.</summary>
    /// <param name="layer">Its name.</param>
    /// <param name="x">[batch, channels, …].</param>
    /// <param name="keeps">Whether the running statistics move.</param>
    protected Tensor BatchNorm(string layer, Tensor x, bool keeps = true)
    {
        var (mean, variance) = (parameters[layer + ".running_mean"], parameters[layer + ".running_var"]);
        if (keeps) parameters[layer + ".num_batches_tracked"].add_(1);
        return F.batch_norm(
            x, keeps ? mean : mean.clone(), keeps ? variance : variance.clone(), parameters[layer + ".weight"], Bias(layer),
            training: true);
    }

    /// <summary>Dense layers with an activation between them.</summary>
    protected Tensor Layers(string network, Tensor x, Func<Tensor, Tensor> activation)
    {
        var count = parameters.Keys.Count(name => name.StartsWith(network + ".", StringComparison.Ordinal)) / 2;
        for (var i = 1; i < count; i++) x = activation(Dense($"{network}.dense{i}", x));
        return Dense($"{network}.dense{count}", x);
    }

    /// <summary>E log p(x|z) of Bernoulli logits and KL(q(z|x) ‖ N(0, I)), means over the batch.</summary>
    protected static (Tensor Reconstruction, Tensor Divergence) Bound(Tensor logits, Tensor x, Tensor mean, Tensor logVariance) => (
        -F.binary_cross_entropy_with_logits(logits, x, reduction: nn.Reduction.Sum) / x.shape[0],
        -0.5 * (1 + logVariance - mean.pow(2) - logVariance.exp()).sum() / x.shape[0]);

    /// <summary>A draw of the model, a row for each example.</summary>
    protected static Tensor Drawn(DrawSet draws, string name, long rows)
    {
        var values = new float[draws.Length(name)];
        draws.CopyTo(name, values);
        return tensor(values, ScalarType.Float64).reshape(rows, -1);
    }

    Tensor? Bias(string layer) => parameters.GetValueOrDefault(layer + ".bias");

    /// <summary>A parameter's value in double precision; one that no optimiser moves has no gradient.</summary>
    public static TorchSharp.Modules.Parameter Copy(Parameter weight)
    {
        var values = new float[weight.Length];
        weight.CopyTo(values);
        return new(tensor(values, ScalarType.Float64).reshape([.. weight.Shape.ToArray().Select(d => (long)d)]), weight.IsTrained);
    }
}
