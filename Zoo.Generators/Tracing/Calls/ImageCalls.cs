using System;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Layers and operations on [channels, height, width].</summary>
static class ImageCalls
{
    public static Node Conv2d(SymbolicCall call)
    {
        var (x, channels, kernel, stride, padding, dilation) = (call.This, call.Int(0), call.Int(1), call.Int(2), call.Int(3), call.Int(7));
        var (inputs, height, width) = Image(call, x);
        Positive(call, channels, "channels");
        OneGroup(call, call.Int(11));
        var windowing = Windows(call, height, width, kernel, stride, padding, dilation);
        if (windowing.WindowRows < 1 || windowing.WindowColumns < 1)
        {
            var (padded, enough) = ($"{height + 2 * padding} × {width + 2 * padding}", (windowing.Reach - Math.Min(height, width) + 1) / 2);
            var reach = $"{windowing.Reach} × {windowing.Reach}";
            throw new GraphException(GraphError.ShapeMismatch,
                $"{call.Name} has windows of {reach} positions, but {x.Shape} with its padding has {padded}; padding {enough} would do");
        }
        var outputs = new Shape(channels, windowing.WindowRows, windowing.WindowColumns);
        var (weight, bias) = Declare(call, "conv", kernel, inputs, channels, x.Shape, outputs,
            (long)windowing.Count * windowing.Taps * inputs * channels);
        return call.Graph.Conv2d(x, weight, bias, windowing);
    }

    public static Node ConvTranspose2d(SymbolicCall call)
    {
        var (x, channels, kernel, stride, padding, added) = (call.This, call.Int(0), call.Int(1), call.Int(2), call.Int(3), call.Int(4));
        var dilation = call.Int(8);
        var (inputs, height, width) = Image(call, x);
        Positive(call, channels, "channels");
        OneGroup(call, call.Int(12));
        if (added < 0 || added >= Math.Max(stride, 1))
            throw new GraphException(GraphError.NotPositive,
                $"{call.Name} takes an output padding from 0 to below its stride of {stride}, but got {added}");
        var windowing = Windows(call, 0, 0, kernel, stride, padding, dilation);
        windowing = windowing with { Height = Size(height, padding), Width = Size(width, padding) };
        if (windowing.Height < 1 || windowing.Width < 1)
        {
            var (whole, most) = ($"{Size(height, 0)} × {Size(width, 0)}", (Size(Math.Min(height, width), 0) - 1) / 2);
            throw new GraphException(GraphError.ShapeMismatch,
                $"{call.Name} of {x.Shape} drops {padding} positions around {whole} and so leaves none; padding {most} would do");
        }
        var outputs = new Shape(channels, windowing.Height, windowing.Width);
        // PyTorch counts the fan-in of a transposed convolution over its second axis, the outputs.
        var (weight, bias) = Declare(call, "convtranspose", kernel, channels, inputs, x.Shape, outputs,
            (long)windowing.Count * windowing.Taps * inputs * channels);
        return call.Graph.ConvTranspose2d(x, weight, bias, windowing);

        int Size(int size, int dropped) => Countable(call, (size - 1L) * stride - 2L * dropped + windowing.Reach + added);
    }

    public static Node Pool(SymbolicCall call)
    {
        var (x, kernel) = (call.This, call.Int(0));
        var (_, height, width) = Image(call, x);
        Positive(call, kernel, "positions");
        if (kernel > height || kernel > width)
            throw new GraphException(GraphError.ShapeMismatch,
                $"{call.Name} of {x.Shape} takes squares of at most {Math.Min(height, width)} positions a side, but got {kernel}");
        return call.Name == "MaxPool2d" ? call.Graph.MaxPool2d(x, kernel) : call.Graph.AveragePool2d(x, kernel);
    }

    public static Node Upsample2d(SymbolicCall call)
    {
        var (channels, height, width) = Image(call, call.This);
        Positive(call, call.Int(0), "positions");
        SizeLimit.Check(new Shape(channels, height, call.Int(0), width, call.Int(0)));
        return call.Graph.Upsample2d(call.This, call.Int(0));
    }

    // What kernels of accelerators count through.
    const int MostAxes = 6;

    public static Node Permute(SymbolicCall call)
    {
        if (call.This.Shape.Rank > MostAxes)
            throw new GraphException(GraphError.WrongRank, $"Permute takes up to {MostAxes} axes, but got {call.This.Shape}");
        return call.Graph.Permute(call.This, [.. call.Shape(0).Dimensions]);
    }

    static (int Channels, int Height, int Width) Image(SymbolicCall call, Node x)
    {
        if (x.Shape.Rank != 3)
            throw new GraphException(GraphError.WrongRank,
                $"{call.Name} takes [channels, height, width], but got {x.Shape}; call Reshape(channels, height, width) first");
        if (x.Type.IsShared)
            throw new GraphException(GraphError.BatchMismatch, $"{call.Name} takes an image per example, but got {x.Shape}, shared by all");
        return (x.Shape[0], x.Shape[1], x.Shape[2]);
    }

    static void Positive(SymbolicCall call, int value, string what)
    {
        if (value < 1) throw new GraphException(GraphError.NotPositive, $"{call.Name} takes a positive number of {what}, but got {value}");
    }

    static Windowing Windows(SymbolicCall call, int height, int width, int kernel, int stride, int padding, int dilation)
    {
        if (kernel < 1) throw new GraphException(GraphError.NotPositive, $"{call.Name} takes a kernel of at least 1, but got {kernel}");
        if (stride < 1) throw new GraphException(GraphError.NotPositive, $"{call.Name} takes a stride of at least 1, but got {stride}");
        if (padding < 0) throw new GraphException(GraphError.NotPositive, $"{call.Name} takes a padding of at least 0, but got {padding}");
        if (dilation < 1)
            throw new GraphException(GraphError.NotPositive, $"{call.Name} takes a dilation of at least 1, but got {dilation}");
        foreach (var size in new[] { dilation * (kernel - 1L) + 1, height + 2L * padding, width + 2L * padding }) Countable(call, size);
        return new(height, width, kernel, stride, padding, dilation);
    }

    /// <summary>Positions along an axis, if an integer of the compiler can count them.</summary>
    static int Countable(SymbolicCall call, long positions) => Math.Abs(positions) <= int.MaxValue
        ? (int)positions
        : throw new TraceException(Descriptors.TooLarge,
            FormattableString.Invariant($"{call.Name} makes an axis of {positions} positions, and a value has at most {int.MaxValue}"));

    static void OneGroup(SymbolicCall call, int groups)
    {
        if (groups != 1)
            throw new TraceException(Descriptors.OutOfRange,
                $"{call.Name} has one group: groups must be 1, but is {groups}; for more, Slice the channels, convolve each, and Concat");
    }

    /// <summary>The weight [taps·a, b], which is [b, a, kernel, kernel] in PyTorch, and the bias.</summary>
    static (Node Weight, Node? Bias) Declare(
        SymbolicCall call, string kind, int kernel, int a, int b, Shape inputs, Shape outputs, long multiplications)
    {
        // Both have channels first; a transposed convolution has the output padding in front of the bias.
        var at = kind == "conv" ? 4 : 5;
        var hasBias = call.Flag(at);
        var shape = new Shape(kernel * kernel * a, b);
        SizeLimit.Check(new Shape(kernel, kernel, a, b));
        SizeLimit.Check(outputs);
        var layer = call.Scope.NameLayer(kind, call.Text(at + 2));
        var parameters = new LayerParameters(call, layer, a * kernel * kernel, b * kernel * kernel);
        // The outputs of a transposed convolution lie with the taps, and are the second axis of files.
        var isTransposed = kind != "conv";
        SpectralNorm? norm = call.Flag(at + 6) ? new(kernel * kernel, a, b, !isTransposed, isTransposed ? 1 : 0) : null;
        var weight = parameters.Weight(shape, FileAxis.OfWindows(kernel, a, b), call.Member(at + 1), call.Float(at + 4), norm);
        var bias = parameters.Bias(hasBias, outputs[0], call.Member(at + 5));
        var numbers = (long)shape.Count + (hasBias ? outputs[0] : 0);
        call.Scope.Declare(new LayerTrace(layer, kind, inputs, outputs, numbers, 2 * multiplications));
        return (weight, bias);
    }
}
