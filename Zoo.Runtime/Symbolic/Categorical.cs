namespace Zoo;

/// <summary>
/// A choice of one of K classes on logits l, as one-hot vectors x: log p(x) = Σ x·log softmax(l), in nats. Where the logits have further
/// axes in front of the last one, each of their rows is a choice by itself, independent of the others.
/// </summary>
/// <remarks>
/// The probabilities softmax(l) are shifted by the largest logit, so that no finite logit overflows, and log p is never the logarithm of a
/// rounded 0. A row of zeros in place of a one-hot has log p = 0: no label, no loss.
/// </remarks>
public sealed class Categorical : Distribution
{
    /// <summary>The choice with these logits.</summary>
    /// <param name="logits">log p up to a constant; classes are its last axis.</param>
    public Categorical(Tensor logits) => throw CompileTime.Only(nameof(Categorical), "new");

    /// <summary>The logits, as given.</summary>
    public Tensor Logits => throw CompileTime.Only(nameof(Categorical));

    /// <summary>
    /// One draw of the relaxed choice, softmax((l + γ)/τ) with γ = −log(−log u), u ~ U(0, 1) for each class: all entries above 0, their
    /// sum 1, and gradients reach the logits (Gumbel-softmax: Jang et al. 2017, eq. 2; concrete distribution: Maddison et al. 2017, eq.
    /// 10).
    /// For τ → 0 it becomes <see cref="Distribution.Sample"/>, for τ → ∞ uniform.
    /// </summary>
    /// <param name="noise">Where the draw comes from.</param>
    /// <param name="temperature">τ, above 0: a constant.</param>
    /// <returns>The shape of the logits.</returns>
    public Tensor Relax(Noise noise, float temperature) => throw CompileTime.Only(nameof(Categorical));

    /// <summary>
    /// One draw as a one-hot, with the gradient of <see cref="Relax"/> for the same draw (straight-through: Bengio et al. 2013, section 4;
    /// Jang et al. 2017, section 2.2).
    /// </summary>
    /// <param name="noise">Where the draw comes from.</param>
    /// <param name="temperature">τ of the gradient, above 0: a constant.</param>
    /// <returns>The shape of the logits.</returns>
    public Tensor StraightThrough(Noise noise, float temperature = 1f) => throw CompileTime.Only(nameof(Categorical));
}
