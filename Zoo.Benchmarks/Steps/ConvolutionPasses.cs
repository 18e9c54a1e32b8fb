using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary>The passes over one convolution. A transposed convolution is the same with its larger image at the other end.</summary>
/// <param name="Name">In the passes' names.</param>
/// <param name="Side">Height and width of the larger image.</param>
/// <param name="Channels">Channels of the larger image.</param>
/// <param name="Outputs">Channels of the smaller one.</param>
/// <param name="Kernel">Taps along each axis; strides are 2 and paddings 1 in all of today's cases.</param>
sealed record ConvolutionPasses(string Name, int Side, int Channels, int Outputs, int Kernel)
{
    public ConvolutionShape ToWindows(int images) => Of(ConvolutionPass.ToWindows, images);

    public ConvolutionShape ToImage(int images) => Of(ConvolutionPass.ToImage, images);

    public ConvolutionShape ToWeight(int images) => Of(ConvolutionPass.ToWeight, images);

    /// <summary>Numbers of the weight, without biases.</summary>
    public int Weights => Kernel * Kernel * Channels * Outputs;

    ConvolutionShape Of(ConvolutionPass pass, int images) =>
        new(Name, pass, images, Side, Channels, Outputs, Kernel, Stride: 2, Padding: 1);
}
