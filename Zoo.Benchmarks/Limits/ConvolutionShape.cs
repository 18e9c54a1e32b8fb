using Zoo.Runtime;

namespace Zoo.Benchmarks.Limits;

/// <summary>Which way a pass goes through a convolution.</summary>
enum ConvolutionPass
{
    /// <summary>From the image to the windows' outputs: a convolution, or a transposed one's gradient by its input.</summary>
    ToWindows,

    /// <summary>From the windows' outputs to the image: a convolution's gradient by its input, or a transposed convolution.</summary>
    ToImage,

    /// <summary>The weight's gradient.</summary>
    ToWeight,
}

/// <summary>One pass over a convolution's geometry.</summary>
/// <param name="Name">What it computes.</param>
/// <param name="Pass">Which way.</param>
/// <param name="Images">Images of the batch.</param>
/// <param name="Side">Height and width of the larger image.</param>
/// <param name="Channels">Channels of the larger image.</param>
/// <param name="Outputs">Channels of the smaller one, a row for each window.</param>
/// <param name="Kernel">Taps along each axis.</param>
/// <param name="Stride">Positions from a window to the next.</param>
/// <param name="Padding">Positions of zeros around the larger image.</param>
readonly record struct ConvolutionShape(
    string Name, ConvolutionPass Pass, int Images, int Side, int Channels, int Outputs, int Kernel, int Stride, int Padding)
{
    public WindowGeometry Geometry => new(Side, Side, Kernel, Stride, Padding, Dilation: 1);

    /// <summary>Rows of the product: windows over all images.</summary>
    public int Windows => Images * Geometry.Count;

    /// <summary>Numbers of a window.</summary>
    public int Depth => Geometry.Taps * Channels;

    /// <summary>Those with zeros of the padding, as everybody counts.</summary>
    public double Operations => 2.0 * Windows * Depth * Outputs;

    public override string ToString() => FormattableString.Invariant(
        $"{Name,-14} {Pass,-9} {Channels,3}×{Side}×{Side} · {Outputs,3}  {Kernel}/{Stride}/{Padding}");
}
