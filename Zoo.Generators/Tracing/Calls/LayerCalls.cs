using System;
using System.Linq;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Calls that own parameters.</summary>
static class LayerCalls
{
    public static Node Dense(SymbolicCall call)
    {
        var (x, units, hasBias) = (call.This, call.Int(0), call.Flag(1));
        if (x.Shape.Rank != 1)
            throw new GraphException(GraphError.WrongRank,
                $"Dense takes values with one axis, but got {x.Shape}; call {(x.Shape.Rank == 0 ? "Reshape(1)" : "Flatten()")} first");
        if (units < 1) throw new GraphException(GraphError.NotPositive, $"Dense takes a positive number of units, but got {units}");
        var (inputs, init) = (x.Shape[0], call.Member(2));
        SizeLimit.Check(new Shape(inputs, units));
        var layer = call.Scope.NameLayer("dense", call.Text(3));
        var weight = call.Scope.Declare(call.Graph,
            new($"{layer}.weight", call.Scope.Method.Name, new Shape(inputs, units), FileAxis.Turned(new(inputs, units)), init, inputs, units, call.Site));
        // PyTorch's bias starts from its own default whatever the weight starts from.
        var bias = hasBias
            ? call.Scope.Declare(call.Graph,
                new($"{layer}.bias", call.Scope.Method.Name, new Shape(units), FileAxis.Of(new(units)), "Default", inputs, units, call.Site))
            : null;
        call.Scope.Declare(new LayerTrace(layer, "dense", x.Shape, new Shape(units), (long)inputs * units + (hasBias ? units : 0),
            2L * inputs * units));
        return call.Graph.Affine(x, weight, bias);
    }

    public static Node LayerNorm(SymbolicCall call)
    {
        var (x, epsilon, affine) = (call.This, call.Float(0), call.Flag(1));
        if (x.Shape.Rank == 0)
            throw new GraphException(GraphError.WrongRank, $"LayerNorm takes values with at least one axis, but got {x.Shape}");
        if (!(epsilon > 0))
            throw new TraceException(Descriptors.OutOfRange,
                FormattableString.Invariant($"LayerNorm takes an epsilon above 0, but got {epsilon}"));
        var layer = call.Scope.NameLayer("layernorm", call.Text(2));
        var y = call.Graph.Normalise(x, epsilon);
        if (affine)
        {
            Node Gain(string role, string init) =>
                call.Scope.Declare(call.Graph,
                    new($"{layer}.{role}", call.Scope.Method.Name, x.Shape, FileAxis.Of(x.Shape), init, x.Shape.Count, x.Shape.Count,
                        call.Site));
            y = call.Graph.Mul(y, Gain("weight", "Ones"));
            y = call.Graph.Add(y, Gain("bias", "Zeros"));
        }
        // Sum, difference, square, sum and product an element; with an affine map a product and a sum more.
        var count = (long)x.Shape.Count;
        call.Scope.Declare(new LayerTrace(layer, "layernorm", x.Shape, x.Shape, affine ? 2 * count : 0, (affine ? 7 : 5) * count));
        return y;
    }

    /// <summary>
    /// Each element kept with probability 1 − rate and divided by it in training, as it is afterwards (torch.nn.Dropout).
    /// </summary>
    public static Node Dropout(SymbolicCall call)
    {
        var (g, x, rate) = (call.Graph, call.This, call.Float(0));
        if (!(rate is >= 0 and < 1))
            throw new TraceException(Descriptors.OutOfRange,
                FormattableString.Invariant($"Dropout takes a rate from 0 to below 1, but got {rate}"));
        if (rate == 0 || !call.Mode.IsTraining) return x;
        if (x.Type.IsShared)
            throw new GraphException(GraphError.BatchMismatch,
                $"Dropout takes a value per example, but got {x.Shape}, shared by all examples");
        var uniform = call.Scope.Draw(g, "dropout", null, DrawKind.Uniform, x.Shape);
        return g.Mul(x, g.Mul(g.Binary(Op.Greater, g.Constant(1 - rate), uniform), 1 / (1 - rate)));
    }

    public static Node Parameter(SymbolicCall call)
    {
        var (shape, init) = (SizeLimit.Positive("Parameter", call.Shape(1)), call.Member(2));
        if (init == "Default")
            throw new TraceException(Descriptors.InvalidInit,
                "A raw parameter has no layer, so Init.Default has no meaning: name the first values, such as Init.Zeros");
        if (init == "Orthogonal" && shape.Rank < 2)
            throw new TraceException(Descriptors.InvalidInit, $"Init.Orthogonal takes a shape with at least two axes, but got {shape}");
        var name = call.Scope.NameParameter(call.Text(0) ?? "");
        // The last axis is the output where the parameter is the right operand of a product, which is how it is used.
        var (fanIn, fanOut) = shape.Rank < 2 ? (shape.Count, shape.Count) : (shape.Count / shape.Last, shape.Last);
        var node = call.Scope.Declare(call.Graph,
            new(name, call.Scope.Method.Name, shape, FileAxis.Of(shape), init, fanIn, fanOut, call.Site));
        call.Scope.Declare(new LayerTrace(name, "parameter", shape, shape, shape.Count, 0));
        return node;
    }
}
