using System;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Signs and constant factors move to where they meet and cancel.</summary>
/// <remarks>
/// <para>Before: <c>−(x·3)·(y·5) − z·15</c></para>
/// <para>After: <c>(x·y + z)·−15</c></para>
/// <para>
/// Invariant: the same value in exact arithmetic, and never more operations. A sign or a constant factor moves towards the root or into a
/// constant; a constant is the right operand of what commutes.
/// </para>
/// <para>
/// Misses: factors that are no constants (x·y + z·y), signs inside products of matrices, and sums of more than two terms unless neighbours
/// share a factor.
/// </para>
/// </remarks>
static class AlgebraRules
{
    public static readonly RewriteRule[] Table = [Signs, ConstantsRight, ConstantFactors, CommonFactor, DivisionByConstant];

    static Node? Signs(GraphBuilder g, Node node) => node switch
    {
        // −(−x) = x
        { Op: Op.Neg, Inputs: [{ Op: Op.Neg, Inputs: [var x] }] } => x,
        // −(x − y) = y − x
        { Op: Op.Neg, Inputs: [{ Op: Op.Sub, Inputs: [var x, var y] }] } => g.Sub(y, x),
        // −(x·3) = x·−3
        { Op: Op.Neg, Inputs: [{ Op: Op.Mul, Inputs: [var x, { Constant: { } c }] }] } => g.Mul(x, -c),
        // x + −y = x − y
        { Op: Op.Add, Inputs: [var x, { Op: Op.Neg, Inputs: [var y] }] } => g.Sub(x, y),
        // −x + y = y − x
        { Op: Op.Add, Inputs: [{ Op: Op.Neg, Inputs: [var x] }, var y] } => g.Sub(y, x),
        // x − −y = x + y
        { Op: Op.Sub, Inputs: [var x, { Op: Op.Neg, Inputs: [var y] }] } => g.Add(x, y),
        // −x·−y = x·y
        // −x/−y = x/y
        { Op: Op.Mul or Op.Div, Inputs: [{ Op: Op.Neg, Inputs: [var x] }, { Op: Op.Neg, Inputs: [var y] }] } => g.Binary(node.Op, x, y),
        // −x·3 = x·−3
        { Op: Op.Mul, Inputs: [{ Op: Op.Neg, Inputs: [var x] }, { Constant: { } c }] } => g.Mul(x, -c),
        // −x·y = −(x·y)
        // −x/y = −(x/y)
        { Op: Op.Mul or Op.Div, Inputs: [{ Op: Op.Neg, Inputs: [var x] }, var y] } => g.Neg(g.Binary(node.Op, x, y)),
        // x·−y = −(x·y)
        // x/−y = −(x/y)
        { Op: Op.Mul or Op.Div, Inputs: [var x, { Op: Op.Neg, Inputs: [var y] }] } => g.Neg(g.Binary(node.Op, x, y)),
        // (−x)² = x²
        // abs(−x) = abs(x)
        // cos(−x) = cos(x)
        { Op: Op.Square or Op.Abs or Op.Cos, Inputs: [{ Op: Op.Neg, Inputs: [var x] }] } => g.Unary(node.Op, x),
        // sin(−x) stays
        // −(x + y) stays
        _ => null,
    };

    static Node? ConstantsRight(GraphBuilder g, Node node) => node switch
    {
        // 3 + x = x + 3
        // 3·x = x·3
        // max(3, x) = max(x, 3)
        { Op: Op.Add or Op.Mul or Op.Max or Op.Min, Inputs: [{ Op: Op.Constant } c, { Op: not Op.Constant } x] } => g.Binary(node.Op, x, c),
        // 3 − x stays
        // 3/x stays
        _ => null,
    };

    /// <summary>Constant factors meet, and leave products of what is not constant.</summary>
    static Node? ConstantFactors(GraphBuilder g, Node node) => node switch
    {
        // x·3·5 = x·15
        { Op: Op.Mul, Inputs: [{ Op: Op.Mul, Inputs: [var x, { Constant: { } c }] }, { Constant: { } d }] } => g.Mul(x, c * d),
        // x·y·3 stays
        { Op: Op.Mul, Inputs: [_, { Op: Op.Constant }] or [{ Op: Op.Constant }, _] } => null,
        // x·3·y = x·y·3
        { Op: Op.Mul, Inputs: [{ Op: Op.Mul, Inputs: [var x, { Op: Op.Constant } c] }, var y] } => g.Mul(g.Mul(x, y), c),
        // x·(y·3) = x·y·3
        { Op: Op.Mul, Inputs: [var x, { Op: Op.Mul, Inputs: [var y, { Op: Op.Constant } c] }] } => g.Mul(g.Mul(x, y), c),
        _ => null,
    };

    static Node? CommonFactor(GraphBuilder g, Node node)
    {
        if (node is not { Op: Op.Add or Op.Sub, Inputs: [var left, var right] }) return null;
        if (left is not { Op: Op.Mul, Inputs: [var x, { Constant: { } c }] }) return null;
        if (right is not { Op: Op.Mul, Inputs: [var y, { Constant: { } d }] }) return null;
        // x·3 + y·3 = (x + y)·3
        // x·3 − y·3 = (x − y)·3
        if (c == d) return g.Mul(g.Binary(node.Op, x, y), c);
        // x·3 + y·−3 = (x − y)·3
        // x·3 − y·−3 = (x + y)·3
        if (c == -d) return g.Mul(node.Op == Op.Add ? g.Sub(x, y) : g.Add(x, y), c);
        // x·3 + y·5 stays
        // x·3 + y stays
        return null;
    }

    static Node? DivisionByConstant(GraphBuilder g, Node node) => node switch
    {
        // x/4 = x·0.25
        { Op: Op.Div, Inputs: [var x, { Constant: { } c }] } when HasExactInverse(c) => g.Mul(x, 1 / c),
        // x/3 stays
        _ => null,
    };

    /// <summary>A power of two, whose inverse is one too.</summary>
    static bool HasExactInverse(float x) =>
        x != 0 && !float.IsInfinity(1 / x) && (BitConverter.ToInt32(BitConverter.GetBytes(x), 0) & 0x007fffff) == 0;
}
