using System;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>What is known before the program runs: arithmetic of constants, operations that change nothing, sums of one number.</summary>
/// <remarks>
/// <para>Before: <c>sum(fill(0.5, n×[4]), [1]) + sum(1·v + 0, [1])</c></para>
/// <para>After: <c>spread(rows, [1])·2 + sum(v, [1])</c></para>
/// <para>
/// Invariant: the same bits, because only + − × ÷ √ and comparisons are folded, which IEEE 754 fixes; other functions differ between the
/// machine that compiles and the one that runs. A count times a number rounds once where a sum rounds often. x·0 is taken as 0: a gradient
/// that is structurally zero stays so even where a factor overflows.
/// </para>
/// <para>Misses: constants that differ from element to element, of which the IR has none, and functions such as tanh of a constant.</para>
/// </remarks>
static class ConstantRules
{
    public static readonly RewriteRule[] Table = [Fold, Identities, Splat];

    static Node? Fold(GraphBuilder g, Node node)
    {
        // fill(2, [4]) + fill(3, [4]) = fill(5, [4])
        // fill(3, [4])² = fill(9, [4])
        // exp(fill(0, [4])) = fill(1, [4])
        // tanh(fill(2, [4])) stays
        // x + 3 stays
        var result = node switch
        {
            { Inputs: [{ Constant: { } a }] } => Folded(node.Op, a),
            { Inputs: [{ Constant: { } a }, { Constant: { } b }] } => Folded(node.Op, a, b),
            _ => null,
        };
        return result is { } value ? g.Constant(value, node.Type) : null;
    }

    static float? Folded(Op op, float x) => op switch
    {
        Op.Neg => -x,
        Op.Abs => Math.Abs(x),
        Op.Square => x * x,
        Op.Sqrt => (float)Math.Sqrt(x),
        Op.Reciprocal => 1 / x,
        Op.Relu => x < 0 ? 0 : x,
        Op.Step => x > 0 ? 1 : 0,
        Op.Exp when x == 0 => 1,
        Op.Log when x == 1 => 0,
        _ => null,
    };

    static float? Folded(Op op, float x, float y) => op switch
    {
        Op.Add => x + y,
        Op.Sub => x - y,
        Op.Mul => x * y,
        Op.Div => x / y,
        Op.Greater => x > y ? 1 : 0,
        Op.Equal => x == y ? 1 : 0,
        _ => null,
    };

    static Node? Identities(GraphBuilder g, Node node) => node switch
    {
        // 0 + x = x
        { Op: Op.Add, Inputs: [{ Constant: 0 }, var x] } => x,
        // x + 0 = x
        // x − 0 = x
        { Op: Op.Add or Op.Sub, Inputs: [var x, { Constant: 0 }] } => x,
        // 0 − x = −x
        { Op: Op.Sub, Inputs: [{ Constant: 0 }, var x] } => g.Neg(x),
        // x − x = fill(0, n×[4])
        { Op: Op.Sub, Inputs: [var x, var y] } when x == y => g.Constant(0, node.Type),
        // 1·x = x
        { Op: Op.Mul, Inputs: [{ Constant: 1 }, var x] } => x,
        // x·1 = x
        // x/1 = x
        { Op: Op.Mul or Op.Div, Inputs: [var x, { Constant: 1 }] } => x,
        // x·0 = fill(0, n×[4])
        { Op: Op.Mul, Inputs: [_, { Constant: 0 }] } => g.Constant(0, node.Type),
        // 0·x = fill(0, n×[4])
        // 0/x = fill(0, n×[4])
        { Op: Op.Mul or Op.Div, Inputs: [{ Constant: 0 }, _] } => g.Constant(0, node.Type),
        // −1·x = −x
        { Op: Op.Mul, Inputs: [{ Constant: -1 }, var x] } => g.Neg(x),
        // x·−1 = −x
        // x/−1 = −x
        { Op: Op.Mul or Op.Div, Inputs: [var x, { Constant: -1 }] } => g.Neg(x),
        // x·x = x²
        { Op: Op.Mul, Inputs: [var x, var y] } when x == y => g.Unary(Op.Square, x),
        // select(fill(1, n×[4]), x, y) = x
        // select(fill(0, n×[4]), x, y) = y
        { Op: Op.Select, Inputs: [{ Constant: { } condition }, var x, var y] } => condition == 0 ? y : x,
        // select(x, y, y) = y
        { Op: Op.Select, Inputs: [_, var x, var y] } when x == y => x,
        // x − y stays
        // x/0 stays
        // x·2 stays
        _ => null,
    };

    /// <summary>Movements, reductions and products of one number everywhere.</summary>
    static Node? Splat(GraphBuilder g, Node node) => node switch
    {
        // slice(fill(2, [4]), 1, 2) = fill(2, [2])
        // max(fill(2, n×[4]), [1]) = fill(2, [1])
        { Op: Op.Slice or Op.ReduceMax, Inputs: [{ Constant: { } c }] } => g.Constant(c, node.Type),
        // sum(fill(2, n×[4]), n×[1]) = fill(8, n×[1])
        { Op: Op.Sum, Inputs: [{ Constant: { } c } x] } when node.Type.Rows == x.Type.Rows || c == 0 =>
            g.Constant(c * Count(x, node), node.Type),
        // sum(fill(2, 2n×[4]), [4]) = spread(rows, [4])·4
        // sum(fill(2, n×[4]), [1]) = spread(rows, [1])·8
        // sum(x, [4]) stays
        { Op: Op.Sum, Inputs: [{ Constant: { } c } x] } =>
            g.Mul(g.Broadcast(g.RowCount(), node.Type), c * Count(x, node) * x.Type.Rows),
        // matmul(x, fill(0, [4, 3])) = fill(0, n×[3])
        // matmul(xᵀ, fill(0, n×[3])) = fill(0, [4, 3])
        // matmul(x, W) stays
        { Op: Op.MatMul or Op.BatchMatMul, Inputs: [{ Constant: 0 }, _] or [_, { Constant: 0 }] } => g.Constant(0, node.Type),
        _ => null,
    };

    static int Count(Node summed, Node sum) => summed.Shape.Count / sum.Shape.Count;
}
