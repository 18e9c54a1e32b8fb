namespace Zoo;

/// <summary>
/// Independent Bernoulli variables on logits l: log p(x) = Σ [x·l − softplus(l)], in nats. For x strictly between 0 and 1 (grey pixels) this is the
/// usual cross-entropy and no likelihood.
/// </summary>
public sealed class Bernoulli : Distribution
{
    /// <summary>The Bernoulli variables with these log-odds.</summary>
    /// <param name="logits">log(p / (1 − p)); its shape is the shape of the distribution.</param>
    public Bernoulli(Tensor logits) => throw CompileTime.Only(nameof(Bernoulli), "new");

    /// <summary>The log-odds.</summary>
    public Tensor Logits => throw CompileTime.Only(nameof(Bernoulli));
}
