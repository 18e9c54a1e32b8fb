namespace Zoo;

/// <summary>
/// Independent Bernoulli variables on logits l: log p(x) = Σ [x·l − softplus(l)], in nats, for x from 0 to 1. For x strictly between (grey
/// pixels) this is the usual cross-entropy and no likelihood.
/// </summary>
/// <remarks>
/// Outside 0 to 1 the sum has no upper bound: with x above 1 or below 0, such as pixels of 0 to 255 or of −1 to 1, training drives the
/// logits to infinity and the "log-likelihood" above 0. <c>Evaluate</c> refuses such values; training does not look.
/// </remarks>
public sealed class Bernoulli : Distribution
{
    /// <summary>The Bernoulli variables with these log-odds.</summary>
    /// <param name="logits">log(p / (1 − p)); its shape is the shape of the distribution.</param>
    public Bernoulli(Tensor logits) => throw CompileTime.Only(nameof(Bernoulli), "new");

    /// <summary>The log-odds.</summary>
    public Tensor Logits => throw CompileTime.Only(nameof(Bernoulli));
}
