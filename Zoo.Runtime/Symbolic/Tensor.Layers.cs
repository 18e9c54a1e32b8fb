namespace Zoo;

// Layers. Each call owns parameters, named <network>.<name ?? kind + ordinal>.<weight|bias>: <network> is the method's name in snake case,
// ordinals
// count per kind in a network, from 1, in evaluation order, through helpers and loops.
public sealed partial class Tensor
{
    /// <summary>A fully connected layer: y = x·Wᵀ + b.</summary>
    /// <param name="units">Outputs, at least 1: a constant.</param>
    /// <param name="bias">Whether b is there.</param>
    /// <param name="weight">First values of W. b starts as PyTorch's does, U(±1/√in), whatever <paramref name="weight"/> is.</param>
    /// <param name="name">Instead of <c>dense&lt;ordinal&gt;</c>, so that files from elsewhere fit.</param>
    /// <returns>Shape [<paramref name="units"/>], from an input of shape [in]; any other number of axes is a compiler error
    /// (<see cref="Flatten"/> first).</returns>
    /// <remarks>Owns <c>weight</c> [units, in] and <c>bias</c> [units]: the layout of <c>torch.nn.Linear</c>.</remarks>
    public Tensor Dense(int units, bool bias = true, Init weight = Init.Default, string? name = null) =>
        throw CompileTime.Only(nameof(Tensor));

    /// <summary>
    /// Layer normalisation over all axes of an example: y = (x − mean) / √(variance + ε) · weight + bias, variance with divisor n, the
    /// number of elements
    /// (Ba, Kiros and Hinton 2016).
    /// </summary>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="affine">Whether weight (first 1) and bias (first 0) are there.</param>
    /// <param name="name">Instead of <c>layernorm&lt;ordinal&gt;</c>.</param>
    /// <returns>The shape of the input, which needs at least one axis.</returns>
    /// <remarks>Owns <c>weight</c> and <c>bias</c>, each of the input's shape: the layout of <c>torch.nn.LayerNorm(shape)</c>.</remarks>
    public Tensor LayerNorm(float epsilon = 1e-5f, bool affine = true, string? name = null) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>
    /// Dropout (Srivastava et al. 2014): in training y = x · m / (1 − <paramref name="rate"/>) with m = 1 with probability 1 −
    /// <paramref name="rate"/> and
    /// else 0, drawn for each element of each example; in all else (evaluation, inference, sampling) y = x.
    /// </summary>
    /// <param name="rate">Probability of 0: a constant from 0 to below 1.</param>
    /// <returns>The shape of the input, which must be a value per example.</returns>
    public Tensor Dropout(float rate) => throw CompileTime.Only(nameof(Tensor));
}
