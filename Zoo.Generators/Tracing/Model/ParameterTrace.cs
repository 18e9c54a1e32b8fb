using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>An axis of a parameter as PyTorch has it.</summary>
/// <param name="Size">Its size.</param>
/// <param name="Axis">The axis in the IR that it walks along.</param>
/// <param name="Step">By so many elements.</param>
public readonly record struct FileAxis(int Size, int Axis, int Step)
{
    /// <summary>The axes of a shape, as they are.</summary>
    public static EquatableArray<FileAxis> Of(Shape shape) => new(shape.Dimensions.Select((size, i) => new FileAxis(size, i, 1)));

    /// <summary>[out, in] of a matrix [in, out].</summary>
    public static EquatableArray<FileAxis> Turned(Shape shape) =>
        new(new FileAxis[] { new(shape[1], 1, 1), new(shape[0], 0, 1) });

    /// <summary>[columns, channels, kernel, kernel] of a matrix [kernel·kernel·channels, columns]: the weight of a convolution.</summary>
    public static EquatableArray<FileAxis> OfWindows(int kernel, int channels, int columns) =>
        new(new FileAxis[] { new(columns, 1, 1), new(channels, 0, 1), new(kernel, 0, kernel * channels), new(kernel, 0, channels) });

    /// <summary>[channels, height, width] of [height, width, channels].</summary>
    public static EquatableArray<FileAxis> OfImage(Shape shape) =>
        new(new FileAxis[] { new(shape[2], 2, 1), new(shape[0], 0, 1), new(shape[1], 1, 1) });
}

/// <summary>A trained parameter as a layer made it.</summary>
/// <param name="Name">network.layer.role, e.g. <c>encoder.dense1.weight</c>; also the name of its <see cref="Op.Parameter"/> nodes.</param>
/// <param name="Network">Name of the method that owns it, e.g. <c>Encoder</c>.</param>
/// <param name="Shape">Shape in the IR: a Dense weight is [in, out].</param>
/// <param name="FileAxes">PyTorch's layout, which files and the public surface have.</param>
/// <param name="Init">Member of <c>Zoo.Init</c>.</param>
/// <param name="FanIn">Inputs per unit, for initialisation.</param>
/// <param name="FanOut">Outputs per unit.</param>
/// <param name="Site">Ordinal of the call that made it.</param>
public sealed record ParameterTrace(
    string Name, string Network, Shape Shape, EquatableArray<FileAxis> FileAxes, string Init, int FanIn, int FanOut, int Site)
{
    /// <summary>Factor on the first values.</summary>
    public float Gain { get; init; } = 1;

    /// <summary>Shape in PyTorch's layout.</summary>
    public Shape FileShape => new(FileAxes.Select(a => a.Size));

    /// <summary>Whether PyTorch's layout is the transpose of a matrix.</summary>
    public bool IsTransposed => Shape.Rank == 2 && FileAxes.Equals(FileAxis.Turned(Shape));
}

/// <summary>A layer, for the model's card.</summary>
/// <param name="Name">network.layer, e.g. <c>encoder.dense1</c>.</param>
/// <param name="Kind">dense, conv, convtranspose, layernorm, parameter.</param>
public sealed record LayerTrace(string Name, string Kind, Shape Input, Shape Output, long Parameters, long FlopsPerExample);

/// <summary>What a layer keeps and training advances: a running statistic.</summary>
/// <param name="Name">network.layer.role, e.g. <c>encoder.batchnorm1.running_mean</c>.</param>
/// <param name="Network">Name of the method that owns it.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="First">Member of <c>Zoo.Init</c>.</param>
/// <param name="Positions">Rows that each example gives to the statistic; 0 where it is one of weights, and looks at no example.</param>
/// <param name="Site">Ordinal of the call that made it.</param>
public sealed record StateTrace(string Name, string Network, Shape Shape, string First, int Positions, int Site)
{
    /// <summary>What it is of a weight; null where it is none.</summary>
    public SingularVectorTrace? Vector { get; init; }
}

/// <summary>A vector of a weight's power iteration: <c>Zoo.Runtime.SingularVector</c> has the same members.</summary>
/// <param name="Weight">Name of the weight.</param>
/// <param name="OutputAxis">The weight's axis of outputs, in the order of files.</param>
/// <param name="IsLeft">Whether it has a number for each output.</param>
public sealed record SingularVectorTrace(string Weight, int OutputAxis, bool IsLeft);
