using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>One-hot rows are never multiplied: a product with them is a choice of rows, its gradient sums of rows by label.</summary>
/// <remarks>
/// <para>Before: <c>matmul(concat(v, onehot(l, 3)), W)</c></para>
/// <para>After: <c>v·reshape(slice(W, 0, 1), [3]) + gather(slice(W, 1, 3), l)</c></para>
/// <para>
/// Invariant: the same value, and but for the order of additions the same bits; a row without a label (−1) is zeros, and adds nothing. No
/// product has one-hot rows as its left operand, and no sum of one-hot rows makes them.
/// </para>
/// <para>
/// Why: for c classes, n rows and k columns a dense product makes 2·n·c·k operations where a choice makes none and reads n·k floats; its
/// gradient as many where the sums make n·k.
/// </para>
/// <para>
/// Misses: one-hot rows with columns of a matrix, e(l)·Wᵀ and xᵀ·e(l), which a loss has that is linear in the logits; one-hot rows that are
/// scaled or mixed first; sums by two labels of one network's two calls, which stay two.
/// </para>
/// </remarks>
static class GatherRules
{
    public static readonly RewriteRule[] Table = [RowsByLabel, SumsByLabel, PartOfRow, SumOfOneHot, OfZeros, AddOfSums, AddOfConcats];

    static Node? RowsByLabel(GraphBuilder g, Node node) => node switch
    {
        // matmul(onehot(l, 4), W) = gather(W, l)
        { Op: Op.MatMul, Attributes: { TransposeA: false, TransposeB: false }, Inputs: [{ Op: Op.OneHot } hot, var table] } =>
            g.Gather(table, hot.Inputs[0]),
        // matmul(x, W) stays
        // matmul(onehot(l, 3), Wᵀ) stays
        _ => null,
    };

    static Node? SumsByLabel(GraphBuilder g, Node node) => node switch
    {
        // matmul(onehot(l, 3)ᵀ, x) = scatter(x, l, 3)
        { Op: Op.MatMul, Attributes.TransposeA: true, Inputs: [{ Op: Op.OneHot, Inputs: [var label] } hot, var values] } =>
            g.Scatter(values, label, hot.Shape[0]),
        // matmul(xᵀ, y) stays
        // matmul(xᵀ, onehot(l, 3)) stays
        _ => null,
    };

    /// <summary>Layers that were merged: each finds its part of the row where it is needed.</summary>
    static Node? PartOfRow(GraphBuilder g, Node node) => node switch
    {
        // slice(gather(W, l), 1, 2) = gather(slice(W, 1, 2, axis 1), l)
        { Op: Op.Slice, Attributes.Start: var start, Inputs: [{ Op: Op.Gather, Inputs: [var table, var label] }] } =>
            g.Gather(g.Slice(table, 1, start, node.Shape[0]), label),
        // slice(x, 1, 2) stays
        _ => null,
    };

    /// <summary>What the gradient of a cross-entropy asks of its labels: whether there is one.</summary>
    static Node? SumOfOneHot(GraphBuilder g, Node node) => node switch
    {
        // sum(onehot(l, 3), n×[1]) = reshape(greater(l, −1), n×[1])
        { Op: Op.Sum, Type.IsShared: false, Shape.Count: 1, Inputs: [{ Op: Op.OneHot, Inputs: [var label] }] } =>
            g.Reshape(g.Binary(Op.Greater, label, g.Constant(-1)), node.Shape),
        // sum(onehot(l, 3), [3]) stays
        // sum(x, n×[1]) stays
        _ => null,
    };

    static Node? OfZeros(GraphBuilder g, Node node) => node switch
    {
        // gather(fill(0, [4, 3]), l) = fill(0, n×[3])
        // scatter(O, l, 3) = fill(0, [3, 4])
        { Op: Op.Gather or Op.Scatter, Inputs: [{ Constant: 0 }, _] } => g.Constant(0, node.Type),
        // gather(W, l) stays
        // scatter(x, l, 3) stays
        _ => null,
    };

    /// <summary>A network that two batches with the same labels go through.</summary>
    static Node? AddOfSums(GraphBuilder g, Node node) => node switch
    {
        // scatter(x, l, 3) + scatter(y, l, 3) = scatter(x + y, l, 3)
        { Op: Op.Add, Inputs: [{ Op: Op.Scatter, Inputs: [var x, var label] }, { Op: Op.Scatter, Inputs: [var y, var other] }] }
            when label == other => g.Scatter(g.Add(x, y), label, node.Shape[0]),
        // scatter(x, l, 3) + scatter(y, m, 3) stays
        _ => null,
    };

    /// <summary>The same behind a product: what lies beside the sums by label has rules of its own for two calls.</summary>
    static Node? AddOfConcats(GraphBuilder g, Node node)
    {
        // concat(r, scatter(x, l, 3)) + concat(r·2, scatter(y, m, 3)) = concat(r + r·2, scatter(x, l, 3) + scatter(y, m, 3))
        // concat(r, scatter(x, l, 3)) + concat(scatter(y, l, 3), r) stays
        // concat(r, r·2) + concat(r·2, r) stays
        if (node is not { Op: Op.Add, Inputs: [{ Op: Op.Concat } left, { Op: Op.Concat } right] }) return null;
        var (a, b) = (left.Inputs, right.Inputs);
        if (left.Attributes.Axis != right.Attributes.Axis || a.Count != b.Count) return null;
        var pairs = a.Zip(b, (x, y) => (X: x, Y: y)).ToList();
        var isByLabel = pairs.Any(p => p.X.Op == Op.Scatter && p.Y.Op == Op.Scatter) && pairs.All(p => p.X.Type == p.Y.Type);
        return isByLabel ? g.Concat(left.Attributes.Axis, [.. pairs.Select(p => g.Add(p.X, p.Y))]) : null;
    }
}
