using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Orders of axes move towards results until they meet their inverse: layers of images compute where their rows lie.</summary>
/// <remarks>
/// <para>Before: <c>reshape(permute(relu(permute(reshape(p, n×[2, 3, 4]), 2, 0, 1)), 1, 2, 0), 6n×[4])</c></para>
/// <para>After: <c>relu(p)</c></para>
/// <para>Invariant: the same elements from the same operations, in the same order where they are added up.</para>
/// <para>
/// Why: networks are written on [channels, height, width] and convolutions have a row for each position. Between two of them nothing is
/// left of either order, and what stands there joins the product in front of it.
/// </para>
/// <para>
/// Misses: elementwise work on an image and on a draw or a value per example that is no constant: there the image is put into the order of
/// the other, a copy.
/// </para>
/// </remarks>
static class LayoutRules
{
    public static readonly RewriteRule[] Table =
    [
        ElementsOfPermuted, PermutedElements, SumOfPermuted, PartOfPermuted, ElementsOfSplit, PartOfSplit,
    ];

    static Node? ElementsOfPermuted(GraphBuilder g, Node node)
    {
        // relu(permute(T, 2, 0, 1)) = permute(relu(T), 2, 0, 1)
        // permute(T, 2, 0, 1) + permute(exp(T), 2, 0, 1) = permute(T + exp(T), 2, 0, 1)
        // permute(T, 2, 0, 1)·spread(reshape(s, [4, 1, 1]), n×[4, 2, 3]) = permute(T·spread(reshape(s, [1, 1, 4]), n×[2, 3, 4]), 2, 0, 1)
        // permute(C, 2, 0, 1) + permute(C, 2, 1, 0) stays
        // permute(T, 2, 0, 1) + reshape(T, n×[4, 2, 3]) stays
        if (!IsElementwise(node)) return null;
        if (node.Inputs.FirstOrDefault(i => i.Op == Op.Permute) is not { } first) return null;
        var (axes, type) = (first.Attributes.Axes, first.Inputs[0].Type);
        if (Operands(node, operand => operand switch
        {
            { Op: Op.Permute } when operand.Attributes.Axes.Equals(axes) => operand.Inputs[0],
            { Constant: { } c } => g.Constant(c, type),
            { Op: Op.Broadcast, Inputs: [var source] } => g.Broadcast(g.Permute(source, Inverse(axes)), type),
            _ => null,
        }) is not { } operands) return null;
        return g.Permute(g.Remake(node, operands), [.. axes]);
    }

    /// <summary>Where orders do not agree, one and its inverse still meet, if no more than one other operand has to turn.</summary>
    static Node? PermutedElements(GraphBuilder g, Node node)
    {
        // permute(permute(T, 2, 0, 1)·reshape(T, n×[4, 2, 3]), 1, 2, 0) = T·permute(reshape(T, n×[4, 2, 3]), 1, 2, 0)
        // permute(permute(T, 2, 0, 1)·reshape(T, n×[4, 2, 3]), 1, 0, 2) stays
        // permute(reshape(T, n×[4, 2, 3])·reshape(exp(T), n×[4, 2, 3]), 1, 2, 0) stays
        if (node is not { Op: Op.Permute, Inputs: [var elements] } || !IsElementwise(elements)) return null;
        var (axes, inverse) = (node.Attributes.Axes, Inverse(node.Attributes.Axes));
        bool IsTurned(Node operand) => operand.Op == Op.Permute && operand.Attributes.Axes.SequenceEqual(inverse);
        bool IsFree(Node operand) => operand.Constant is not null || operand.Op == Op.Broadcast;
        if (!elements.Inputs.Any(IsTurned) || elements.Inputs.Count(i => !IsTurned(i) && !IsFree(i)) > 1) return null;
        return g.Remake(elements, [.. elements.Inputs.Select(operand => operand switch
        {
            _ when IsTurned(operand) => operand.Inputs[0],
            { Constant: { } c } => g.Constant(c, node.Type),
            { Op: Op.Broadcast, Inputs: [var source] } => g.Broadcast(g.Permute(source, [.. axes]), node.Type),
            _ => g.Permute(operand, [.. axes]),
        })]);
    }

    static Node? SumOfPermuted(GraphBuilder g, Node node)
    {
        // sum(permute(T, 2, 0, 1), n×[4, 1, 1]) = reshape(sum(T, n×[1, 1, 4]), n×[4, 1, 1])
        // max(permute(T, 2, 0, 1), n×[1, 2, 3]) = permute(max(T, n×[2, 3, 1]), 2, 0, 1)
        // sum(T, n×[2, 3, 1]) stays
        if (!node.Op.IsReduction() || node.Inputs[0] is not { Op: Op.Permute, Inputs: [var x] } permuted) return null;
        var axes = permuted.Attributes.Axes;
        var shape = new Shape(Inverse(axes).Select(axis => node.Shape[axis]));
        return g.Permute(g.Reduce(node.Op, x, node.Type with { Shape = shape }), [.. axes]);
    }

    static Node? PartOfPermuted(GraphBuilder g, Node node)
    {
        // slice(permute(T, 2, 0, 1), 1, 2, axis 0) = permute(slice(T, 1, 2, axis 2), 2, 0, 1)
        // concat(permute(T, 2, 0, 1), permute(exp(T), 2, 0, 1), axis 0) = permute(concat(T, exp(T), axis 2), 2, 0, 1)
        // concat(permute(C, 2, 0, 1), permute(C, 2, 1, 0), axis 0) stays
        // slice(T, 0, 1, axis 0) stays
        if (node is not { Op: Op.Slice or Op.Concat, Inputs: [{ Op: Op.Permute } first, ..] }) return null;
        var axes = first.Attributes.Axes;
        if (!node.Inputs.All(i => i.Op == Op.Permute && i.Attributes.Axes.Equals(axes))) return null;
        var axis = axes[node.Attributes.Axis];
        var part = node.Op == Op.Slice
            ? g.Slice(first.Inputs[0], axis, node.Attributes.Start, node.Shape[node.Attributes.Axis])
            : g.Concat(axis, [.. node.Inputs.Select(i => i.Inputs[0])]);
        return g.Permute(part, [.. axes]);
    }

    /// <summary>Rows by position that were put into the axes of an example: what is computed there is computed on the rows.</summary>
    static Node? ElementsOfSplit(GraphBuilder g, Node node)
    {
        // relu(reshape(p, n×[2, 3, 4])) = reshape(relu(p), n×[2, 3, 4])
        // reshape(p, n×[2, 3, 4])·spread(reshape(s, [1, 1, 4]), n×[2, 3, 4]) = reshape(p·spread(s, 6n×[4]), n×[2, 3, 4])
        // reshape(p, n×[2, 3, 4]) + T stays
        // relu(reshape(x, n×[2, 2])) stays
        if (!IsElementwise(node) || node.Inputs.FirstOrDefault(IsSplit) is not { Inputs: [{ Type: var type }] }) return null;
        if (Operands(node, operand => operand switch
        {
            _ when IsSplit(operand) && operand.Inputs[0].Type == type => operand.Inputs[0],
            { Constant: { } c } => g.Constant(c, type),
            { Op: Op.Broadcast, Inputs: [{ Type.IsShared: true } source] } when source.Shape.Count == source.Shape.Last =>
                g.Broadcast(g.Reshape(source, new Shape(source.Shape.Last)), type),
            _ => null,
        }) is not { } operands) return null;
        return g.Reshape(g.Remake(node, operands), node.Type.Rows, node.Shape);
    }

    static Node? PartOfSplit(GraphBuilder g, Node node)
    {
        // slice(reshape(p, n×[2, 3, 4]), 1, 2, axis 2) = reshape(slice(p, 1, 2), n×[2, 3, 2])
        // concat(reshape(p, n×[2, 3, 4]), reshape(exp(p), n×[2, 3, 4]), axis 2) = reshape(concat(p, exp(p)), n×[2, 3, 8])
        // sum(reshape(p, n×[2, 3, 4]), [1, 1, 4]) = reshape(sum(p, [4]), [1, 1, 4])
        // slice(reshape(p, n×[2, 3, 4]), 1, 1, axis 0) stays
        // concat(reshape(p, n×[2, 3, 4]), T, axis 2) stays
        if (node.Inputs.Count == 0 || !node.Inputs.All(IsSplit) || node.Inputs[0] is not { Inputs: [var x], Shape: var shape }) return null;
        if (node.Op == Op.Sum)
        {
            var isOfChannels = node.Type.IsShared && node.Shape.Count == shape.Last && node.Shape.Last == shape.Last;
            return isOfChannels ? g.Reshape(g.SumRows(x), node.Shape) : null;
        }
        if (node.Op is not (Op.Slice or Op.Concat) || node.Attributes.Axis != shape.Rank - 1) return null;
        if (node.Inputs.Any(i => i.Inputs[0].Type.Rows != x.Type.Rows)) return null;
        var part = node.Op == Op.Slice
            ? g.Slice(x, 0, node.Attributes.Start, node.Shape.Last)
            : g.Concat(0, [.. node.Inputs.Select(i => i.Inputs[0])]);
        return g.Reshape(part, node.Type.Rows, node.Shape);
    }

    static bool IsElementwise(Node node) => node.Op.IsElementwise() || node.Op == Op.StopGradient;

    /// <summary>Whether a node is rows of channels as axes in front of the channels.</summary>
    static bool IsSplit(Node node) => node is { Op: Op.Reshape, Type.IsShared: false, Shape.Rank: >= 2, Inputs: [{ Shape.Rank: 1 } x] }
        && x.Type.Rows > node.Type.Rows && x.Shape.Last == node.Shape.Last;

    static List<Node>? Operands(Node node, System.Func<Node, Node?> change)
    {
        var operands = new List<Node>();
        foreach (var input in node.Inputs)
        {
            if (change(input) is not { } operand) return null;
            operands.Add(operand);
        }
        return operands;
    }

    static int[] Inverse(IEnumerable<int> axes) => [.. axes.Select((axis, i) => (axis, i)).OrderBy(p => p.axis).Select(p => p.i)];
}
