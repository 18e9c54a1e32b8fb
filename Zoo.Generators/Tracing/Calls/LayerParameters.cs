using System;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Weight and bias of a layer: one product behind an optional sum, with first values from the layer or from its class.</summary>
/// <param name="call">The layer's call.</param>
/// <param name="layer">Full name of the layer.</param>
/// <param name="fanIn">Inputs of one output, as PyTorch counts them.</param>
/// <param name="fanOut">Outputs of one input.</param>
readonly struct LayerParameters(SymbolicCall call, string layer, int fanIn, int fanOut)
{
    /// <summary>The weight.</summary>
    /// <param name="shape">In the IR.</param>
    /// <param name="axes">In files.</param>
    /// <param name="init">Member of <c>Init</c> that the layer asks for.</param>
    /// <param name="gain">Factor that it asks for.</param>
    /// <param name="norm">By what it is divided; null for nothing.</param>
    public Node Weight(Shape shape, EquatableArray<FileAxis> axes, string init, float gain, SpectralNorm? norm = null)
    {
        var (first, factor) = call.Scope.FirstValues.OfWeight(init, Gain(call, gain));
        var name = norm is null ? $"{layer}.weight" : $"{layer}.parametrizations.weight.original";
        var weight = call.Scope.Declare(call.Graph,
            new(name, call.Scope.Method.Name, shape, axes, first, fanIn, fanOut, call.Site) { Gain = factor });
        return norm is { } divided ? divided.Of(call, layer, name, weight) : weight;
    }

    /// <summary>The bias of so many units, or null where the layer has none.</summary>
    /// <param name="has">Whether it has one.</param>
    /// <param name="units">Its size.</param>
    /// <param name="init">Member of <c>Init</c> that the layer asks for. PyTorch's default is its own, whatever the weight's is.</param>
    public Node? Bias(bool has, int units, string init)
    {
        if (!has) return null;
        var (shape, first) = (new Shape(units), call.Scope.FirstValues.OfBias(init));
        if (init == "Orthogonal")
            throw new TraceException(Descriptors.InvalidInit, $"Init.Orthogonal takes a shape with at least two axes, but got {shape}");
        return call.Scope.Declare(call.Graph,
            new($"{layer}.bias", call.Scope.Method.Name, shape, FileAxis.Of(shape), first, fanIn, fanOut, call.Site));
    }

    /// <summary>A factor on first values.</summary>
    public static float Gain(SymbolicCall call, float gain) => gain is >= 0 and <= float.MaxValue
        ? gain
        : throw new TraceException(Descriptors.OutOfRange,
            FormattableString.Invariant($"{call.Name} takes a finite gain of at least 0, but got {gain}"));
}
