using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Members of Tensor as nodes.</summary>
static class TensorCalls
{
    /// <summary>Methods that are one op on the receiver.</summary>
    static readonly Dictionary<string, Op> Unary = new()
    {
        ["Relu"] = Op.Relu, ["Tanh"] = Op.Tanh, ["Sigmoid"] = Op.Sigmoid, ["Softplus"] = Op.Softplus, ["Abs"] = Op.Abs, ["Sign"] = Op.Sign,
        ["Square"] = Op.Square, ["Sqrt"] = Op.Sqrt, ["Rsqrt"] = Op.Rsqrt, ["Reciprocal"] = Op.Reciprocal, ["Exp"] = Op.Exp,
        ["Expm1"] = Op.Expm1,
        ["Log"] = Op.Log, ["Log1p"] = Op.Log1p, ["Sin"] = Op.Sin, ["Cos"] = Op.Cos,
    };

    /// <summary>Static methods and operators that are one op on two operands.</summary>
    static readonly Dictionary<string, Op> Binary = new()
    {
        ["op_Addition"] = Op.Add, ["op_Subtraction"] = Op.Sub, ["op_Multiply"] = Op.Mul, ["op_Division"] = Op.Div,
        ["Max"] = Op.Max, ["Min"] = Op.Min, ["Greater"] = Op.Greater,
    };

    public static Value Evaluate(SymbolicCall call) => new Value.Tensor(Node(call));

    static Node Node(SymbolicCall call)
    {
        var g = call.Graph;
        if (call.Method.IsStatic)
        {
            return call.Name switch
            {
                _ when Binary.TryGetValue(call.Name, out var op) => g.Binary(op, call.Node(0), call.Node(1)),
                "op_UnaryNegation" => g.Neg(call.Node(0)),
                "Parameter" => LayerCalls.Parameter(call),
                "Constant" => g.Constant(call.Float(0), new TensorType(0, SizeLimit.Positive("Constant", call.Shape(1)))),
                "Concat" => Concat(g, call.Nodes(0)),
                "Gradient" => Gradient(g, call.Node(0), call.Node(1)),
                _ => throw Unknown(call),
            };
        }
        var x = call.This;
        return call.Name switch
        {
            _ when Unary.TryGetValue(call.Name, out var op) => g.Unary(op, x),
            "Dense" => LayerCalls.Dense(call),
            "Conv2d" => ImageCalls.Conv2d(call),
            "ConvTranspose2d" => ImageCalls.ConvTranspose2d(call),
            "AveragePool2d" or "MaxPool2d" => ImageCalls.Pool(call),
            "Upsample2d" => ImageCalls.Upsample2d(call),
            "Permute" => ImageCalls.Permute(call),
            "BatchNorm" => LayerCalls.BatchNorm(call),
            "Maxout" => LayerCalls.Maxout(call),
            "InstanceNorm" => LayerCalls.InstanceNorm(call),
            "GroupNorm" => LayerCalls.GroupNorm(call),
            "LayerNorm" => LayerCalls.LayerNorm(call),
            "Dropout" => LayerCalls.Dropout(call),
            "LeakyRelu" => g.LeakyRelu(x, call.Float(0)),
            "Elu" => g.Elu(x, call.Float(0)),
            "Gelu" => g.Gelu(x),
            "Silu" => g.Silu(x),
            "LogSigmoid" => g.LogSigmoid(x),
            "Softmax" => g.Softmax(x),
            "LogSoftmax" => g.LogSoftmax(x),
            "Clamp" => Clamp(g, x, call.Float(0), call.Float(1)),
            "Flatten" => g.Reshape(x, new Shape(x.Shape.Count)),
            "Reshape" => g.Reshape(x, SizeLimit.Positive("Reshape", call.Shape(0))),
            "Slice" => g.Slice(x, call.Int(2), call.Int(0), call.Int(1)),
            "Sum" => call.Count == 0 ? g.Sum(x) : g.Sum(x, call.Int(0)),
            "Mean" => call.Count == 0 ? g.Mean(x) : g.Mean(x, call.Int(0)),
            "Max" => g.ReduceMax(x),
            "LogSumExp" => g.LogSumExp(x),
            "BatchMean" or "BatchVariance" when !call.Scope.SeesBatch => throw new TraceException(Descriptors.BatchStatistic, call.Name),
            "BatchMean" => g.MeanRows(x),
            "BatchVariance" => g.VarianceRows(x),
            "MatMul" => g.Product(x, call.Node(0)),
            "StopGradient" => g.StopGradient(x),
            _ => throw Unknown(call),
        };
    }

    static Node Clamp(GraphBuilder g, Node x, float min, float max) => min <= max
        ? g.Clamp(x, min, max)
        : throw new TraceException(Descriptors.OutOfRange,
            FormattableString.Invariant($"Clamp takes a range from min to max, but got {min} to {max}"));

    static Node Concat(GraphBuilder g, Node[] parts) =>
        parts.Length > 0
            ? g.Concat(0, parts)
            : throw new TraceException(Descriptors.OutOfRange, "Concat takes at least one tensor, but got none");

    static Node Gradient(GraphBuilder g, Node of, Node withRespectTo)
    {
        if (of.Shape.Count != 1)
            throw new GraphException(GraphError.WrongRank,
                $"Gradient takes one number per example to differentiate, but got shape {of.Shape}; call Sum() first");
        if (of.Type.IsShared)
            throw new GraphException(GraphError.BatchMismatch,
                $"Gradient takes one number per example to differentiate, but got {of.Shape}, shared by all examples");
        // It would be a sum over the batch, which a network must not look across.
        if (withRespectTo.Type.IsShared)
            throw new GraphException(GraphError.BatchMismatch,
                $"Gradient takes a value per example as its variable, but got {withRespectTo.Shape}, shared by all examples");
        var reached = new HashSet<Node> { withRespectTo };
        foreach (var node in Topology.Sort([of]))
        {
            if (!node.Inputs.Any(reached.Contains) || node.Op == Op.StopGradient) continue;
            reached.Add(node);
            if (node.Type.IsShared)
                throw new GraphException(GraphError.BatchMismatch,
                    $"Gradient takes a function of each example by itself, but between its two operands is a statistic over the batch");
        }
        return Gradients.Of(g, of, [withRespectTo])[0];
    }

    static TraceException Unknown(SymbolicCall call) => new(Descriptors.Unsupported, $"{call.Method.ContainingType.Name}.{call.Name}");
}
