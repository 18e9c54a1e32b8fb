namespace Zoo;

// Images: [channels, height, width], as PyTorch has them; the layout inside is the compiler's.
public sealed partial class Tensor
{
    /// <summary>
    /// A convolution (torch.nn.Conv2d, one group): out[o, y, x] = bias[o] + Σ weight[o, c, i, j]·in[c, y·s + i·d − p, x·s + j·d − p].
    /// </summary>
    /// <param name="channels">Outputs, at least 1: a constant, as all sizes here.</param>
    /// <param name="kernel">Taps along each axis, at least 1.</param>
    /// <param name="stride">s, at least 1.</param>
    /// <param name="padding">p, positions of zeros around the image.</param>
    /// <param name="bias">Whether the bias is there.</param>
    /// <param name="weight">First values of the weight.</param>
    /// <param name="name">Instead of <c>conv&lt;ordinal&gt;</c>.</param>
    /// <param name="dilation">d, positions from a tap to the next, at least 1.</param>
    /// <param name="gain">Factor on the first values of the weight, at least 0, as of <see cref="Dense"/>.</param>
    /// <param name="firstBias">First values of the bias: by default PyTorch's, U(±1/√fan_in).</param>
    /// <param name="spectralNorm">Whether the weight is divided by its largest singular value, as that of <see cref="Dense"/>.</param>
    /// <param name="groups">Only 1 exists; any other number is a compiler error.</param>
    /// <returns>
    /// [<paramref name="channels"/>, ⌊(height + 2p − d·(kernel − 1) − 1)/s⌋ + 1, …]; a kernel that reaches beyond the padded image is a
    /// compiler error.
    /// </returns>
    /// <remarks>Owns <c>weight</c> [channels, in, kernel, kernel] and <c>bias</c> [channels].</remarks>
    public Tensor Conv2d(
        int channels, int kernel, int stride = 1, int padding = 0, bool bias = true, Init weight = Init.Default, string? name = null,
        int dilation = 1, float gain = 1f, Init firstBias = Init.Default,
        bool spectralNorm = false, int groups = 1) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>A transposed convolution (torch.nn.ConvTranspose2d, one group): the gradient of a convolution by its input.</summary>
    /// <param name="channels">Outputs, at least 1: a constant, as all sizes here.</param>
    /// <param name="kernel">Taps along each axis, at least 1.</param>
    /// <param name="stride">s, at least 1.</param>
    /// <param name="padding">p, positions dropped around the result.</param>
    /// <param name="outputPadding">Positions added at the right and below, from 0 to s − 1.</param>
    /// <param name="bias">Whether the bias is there.</param>
    /// <param name="weight">First values of the weight, whose fan-in PyTorch counts over the outputs.</param>
    /// <param name="name">Instead of <c>convtranspose&lt;ordinal&gt;</c>.</param>
    /// <param name="dilation">d, positions from a tap to the next, at least 1.</param>
    /// <param name="gain">Factor on the first values of the weight, at least 0, as of <see cref="Dense"/>.</param>
    /// <param name="firstBias">First values of the bias: by default PyTorch's, U(±1/√fan_in).</param>
    /// <param name="spectralNorm">Whether the weight is divided by its largest singular value, as that of <see cref="Dense"/>.</param>
    /// <param name="groups">Only 1 exists; any other number is a compiler error.</param>
    /// <returns>[<paramref name="channels"/>, (height − 1)·s − 2p + d·(kernel − 1) + outputPadding + 1, …].</returns>
    /// <remarks>Owns <c>weight</c> [in, channels, kernel, kernel] and <c>bias</c> [channels].</remarks>
    public Tensor ConvTranspose2d(
        int channels, int kernel, int stride = 1, int padding = 0, int outputPadding = 0, bool bias = true, Init weight = Init.Default,
        string? name = null, int dilation = 1, float gain = 1f, Init firstBias = Init.Default,
        bool spectralNorm = false, int groups = 1) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Means of squares side by side (torch.nn.AvgPool2d); what is left over at the right and below is dropped.</summary>
    /// <param name="kernel">Positions a side, from 1 to the smaller side of the image: a constant.</param>
    /// <returns>[channels, ⌊height/kernel⌋, ⌊width/kernel⌋].</returns>
    public Tensor AveragePool2d(int kernel) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>
    /// Largest elements of squares side by side (torch.nn.MaxPool2d); the gradient goes to the largest element, in equal parts to several.
    /// </summary>
    /// <param name="kernel">Positions a side, from 1 to the smaller side of the image: a constant.</param>
    /// <returns>[channels, ⌊height/kernel⌋, ⌊width/kernel⌋].</returns>
    public Tensor MaxPool2d(int kernel) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Each position as a square of them (torch.nn.Upsample, nearest).</summary>
    /// <param name="factor">Positions a side, at least 1: a constant.</param>
    /// <returns>[channels, height·factor, width·factor].</returns>
    public Tensor Upsample2d(int factor) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>The axes of an example in another order (torch.permute): axis i of the result is axis <paramref name="axes"/>[i].</summary>
    /// <param name="axes">Each axis once, from 0: constants.</param>
    /// <returns>The same elements.</returns>
    public Tensor Permute(params int[] axes) => throw CompileTime.Only(nameof(Tensor));
}
