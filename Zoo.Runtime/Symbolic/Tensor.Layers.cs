namespace Zoo;

// Layers. Each call owns parameters, named <network>.<name ?? kind + ordinal>.<weight|bias>: <network> is the method's name in snake case,
// ordinals
// count per kind in a network, from 1, in evaluation order, through helpers and loops.
public sealed partial class Tensor
{
    /// <summary>A fully connected layer: y = x·Wᵀ + b.</summary>
    /// <param name="units">Outputs, at least 1: a constant.</param>
    /// <param name="bias">Whether b is there.</param>
    /// <param name="weight">First values of W. b has its own, whatever <paramref name="weight"/> is.</param>
    /// <param name="name">Instead of <c>dense&lt;ordinal&gt;</c>, so that files from elsewhere fit.</param>
    /// <param name="gain">Factor on the first values of W, at least 0: the deviation of <see cref="Init.Normal"/>, the bound of
    /// <see cref="Init.Uniform"/>, the gain of <see cref="Init.Orthogonal"/>.</param>
    /// <param name="firstBias">First values of b: by default PyTorch's, U(±1/√in). From data's means:
    /// <see cref="Zoo.Parameter.CopyLogOddsFrom"/>.</param>
    /// <param name="spectralNorm">Whether the weight is divided by its largest singular value.</param>
    /// <returns>Shape [<paramref name="units"/>], from an input of shape [in]; any other number of axes is a compiler error
    /// (<see cref="Flatten"/> first).</returns>
    /// <remarks>
    /// Owns <c>weight</c> [units, in] and <c>bias</c> [units]: the layout of <c>torch.nn.Linear</c>.
    /// <para>
    /// Spectral normalisation (Miyato et al. 2018; <c>torch.nn.utils.parametrizations.spectral_norm</c>): W/σ takes the place of W, with
    /// σ = uᵀWv as close to its largest singular value as the unit vectors u and v are to those that belong to it. In training each call
    /// begins with u ← Wv/‖Wv‖, v ← Wᵀu/‖Wᵀu‖ (algorithm 1, one step of the power iteration) and holds them fixed in the gradient; in all
    /// else they are as the last step left them. A network's vectors are kept by the phases that train it. The rows of W are the outputs; a
    /// kernel counts as columns. The layer then owns, as PyTorch names them, <c>parametrizations.weight.original</c> in the place of
    /// <c>weight</c>, <c>parametrizations.weight.0._u</c> [outputs] and <c>parametrizations.weight.0._v</c> [columns], which begin as 15
    /// steps from a random direction leave them.
    /// </para>
    /// </remarks>
    public Tensor Dense(
        int units, bool bias = true, Init weight = Init.Default, string? name = null, float gain = 1f, Init firstBias = Init.Default,
        bool spectralNorm = false) =>
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
    /// Batch normalisation (Ioffe and Szegedy 2015; torch.nn.BatchNorm1d and BatchNorm2d): y = (x − mean) / √(variance + ε) · weight + bias
    /// for each feature, or for each channel over the batch and all positions. In training mean and variance are those of the batch, the
    /// variance with divisor n; in all else (evaluation, inference, sampling) they are running statistics.
    /// </summary>
    /// <param name="momentum">
    /// m, from 0 to 1: a step makes each statistic s ← (1 − m)·s + m·(that of the batch, the variance with divisor n − 1).
    /// </param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="affine">Whether weight (first 1) and bias (first 0) are there.</param>
    /// <param name="name">Instead of <c>batchnorm&lt;ordinal&gt;</c>.</param>
    /// <returns>
    /// The shape of the input, which is [features] or [channels, height, width]. A batch of one number for each statistic is a compiler
    /// error, and so is a critic with a gradient penalty, whose slope at one example would depend on the others.
    /// </returns>
    /// <remarks>
    /// Owns <c>weight</c> and <c>bias</c>, <c>running_mean</c> (first 0), <c>running_var</c> (first 1) and <c>num_batches_tracked</c>, as
    /// PyTorch names them. Statistics are advanced by the phases that train the network, once for each of its calls there.
    /// </remarks>
    public Tensor BatchNorm(float momentum = 0.1f, float epsilon = 1e-5f, bool affine = true, string? name = null) =>
        throw CompileTime.Only(nameof(Tensor));

    /// <summary>
    /// Instance normalisation (Ulyanov et al. 2016; torch.nn.InstanceNorm2d): each channel of each image by its own mean and variance, the
    /// variance with divisor n.
    /// </summary>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="affine">Whether weight [channels] (first 1) and bias (first 0) are there.</param>
    /// <param name="name">Instead of <c>instancenorm&lt;ordinal&gt;</c>.</param>
    /// <returns>The shape of the input, which is [channels, height, width] with more than one position.</returns>
    public Tensor InstanceNorm(float epsilon = 1e-5f, bool affine = false, string? name = null) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>
    /// Group normalisation (Wu and He 2018; torch.nn.GroupNorm): neighbouring channels of each image together by their mean and variance,
    /// the variance with divisor n.
    /// </summary>
    /// <param name="groups">Groups, a divisor of the channels: a constant.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="affine">Whether weight [channels] (first 1) and bias (first 0) are there.</param>
    /// <param name="name">Instead of <c>groupnorm&lt;ordinal&gt;</c>.</param>
    /// <returns>The shape of the input, which is [channels, height, width].</returns>
    public Tensor GroupNorm(int groups, float epsilon = 1e-5f, bool affine = true, string? name = null) =>
        throw CompileTime.Only(nameof(Tensor));

    /// <summary>Maxout (Goodfellow et al. 2013): yᵤ = maxₚ (x·W + b)[p·units + u].</summary>
    /// <param name="units">Outputs, at least 1: a constant.</param>
    /// <param name="pieces">Affine maps for each, at least 1: a constant. Where two are equal they share the gradient.</param>
    /// <param name="name">Instead of <c>maxout&lt;ordinal&gt;</c>.</param>
    /// <returns>Shape [<paramref name="units"/>], from an input of shape [in].</returns>
    /// <remarks>Owns <c>weight</c> [pieces·units, in] and <c>bias</c>: a torch.nn.Linear, maximised over the pieces.</remarks>
    public Tensor Maxout(int units, int pieces, string? name = null) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>
    /// Dropout (Srivastava et al. 2014): in training y = x · m / (1 − <paramref name="rate"/>) with m = 1 with probability 1 −
    /// <paramref name="rate"/> and
    /// else 0, drawn for each element of each example; in all else (evaluation, inference, sampling) y = x.
    /// </summary>
    /// <param name="rate">Probability of 0: a constant from 0 to below 1.</param>
    /// <returns>The shape of the input, which must be a value per example.</returns>
    public Tensor Dropout(float rate) => throw CompileTime.Only(nameof(Tensor));
}
