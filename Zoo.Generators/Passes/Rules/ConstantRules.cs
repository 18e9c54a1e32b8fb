using System;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>
/// Folding. Only + − × ÷ √ and comparisons, which IEEE 754 fixes to the bit; other functions differ between the machine that compiles and the one that
/// runs. x·0 is taken as 0: a gradient that is structurally zero stays so even where a factor overflows.
/// </summary>
static class ConstantRules
{
    public static readonly RewriteRule[] Table = [Fold, Identities, Splat];

    static Node? Fold(GraphBuilder g, Node node)
    {
        if (!node.Op.IsElementwise()) return null;
        foreach (var input in node.Inputs)
            if (input.Op != Op.Constant) return null;
        float Value(int i) => node.Inputs[i].Attributes.Value;
        float? result = node.Op switch
        {
            Op.Add => Value(0) + Value(1),
            Op.Sub => Value(0) - Value(1),
            Op.Mul => Value(0) * Value(1),
            Op.Div => Value(0) / Value(1),
            Op.Neg => -Value(0),
            Op.Abs => Math.Abs(Value(0)),
            Op.Square => Value(0) * Value(0),
            Op.Sqrt => (float)Math.Sqrt(Value(0)),
            Op.Reciprocal => 1 / Value(0),
            Op.Relu => Value(0) < 0 ? 0 : Value(0),
            Op.Step => Value(0) > 0 ? 1 : 0,
            Op.Greater => Value(0) > Value(1) ? 1 : 0,
            Op.Equal => Value(0) == Value(1) ? 1 : 0,
            Op.Exp when Value(0) == 0 => 1,
            Op.Log when Value(0) == 1 => 0,
            _ => null,
        };
        return result is { } value ? g.Constant(value, node.Type) : null;
    }

    static Node? Identities(GraphBuilder g, Node node)
    {
        if (!node.Op.IsBinary() && node.Op != Op.Select) return null;
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        return node.Op switch
        {
            Op.Add when a.IsConstant(0) => b,
            Op.Add or Op.Sub when b.IsConstant(0) => a,
            Op.Sub when a.IsConstant(0) => g.Neg(b),
            Op.Sub when ReferenceEquals(a, b) => g.Constant(0, node.Type),
            Op.Mul when a.IsConstant(1) => b,
            Op.Mul or Op.Div when b.IsConstant(1) => a,
            Op.Mul when a.IsConstant(0) || b.IsConstant(0) => g.Constant(0, node.Type),
            Op.Div when a.IsConstant(0) => g.Constant(0, node.Type),
            Op.Mul when a.IsConstant(-1) => g.Neg(b),
            Op.Mul or Op.Div when b.IsConstant(-1) => g.Neg(a),
            Op.Mul when ReferenceEquals(a, b) => g.Unary(Op.Square, a),
            Op.Select when a.Op == Op.Constant => a.IsConstant(0) ? node.Inputs[2] : b,
            Op.Select when ReferenceEquals(b, node.Inputs[2]) => b,
            _ => null,
        };
    }

    /// <summary>Reductions and slices of one value everywhere.</summary>
    static Node? Splat(GraphBuilder g, Node node)
    {
        if (node.Inputs.Count == 0 || node.Inputs[0].Op != Op.Constant) return null;
        var value = node.Inputs[0].Attributes.Value;
        return node.Op switch
        {
            Op.Slice or Op.ReduceMax => g.Constant(value, node.Type),
            Op.Sum when node.Type.Rows == node.Inputs[0].Type.Rows => g.Constant(value * (node.Inputs[0].Shape.Count / node.Shape.Count), node.Type),
            Op.MatMul or Op.BatchMatMul when value == 0 => g.Constant(0, node.Type),
            _ => null,
        };
    }
}
