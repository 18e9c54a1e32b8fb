using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Slices, concatenations and broadcasts: what gradients of slices leave behind becomes one concatenation, or nothing.</summary>
/// <remarks>
/// <para>Before: <c>concat(slice(x, 0, 1), fill(0, n×[3])) + concat(fill(0, n×[1]), slice(x, 1, 3))</c></para>
/// <para>After: <c>x</c></para>
/// <para>
/// Invariant: the same elements in the same places, each added up from the same summands in the same order; zeros are left out.
/// </para>
/// <para>
/// Misses: slices and concatenations along different axes, and sums of concatenations that hold no zeros: cutting those gains nothing.
/// </para>
/// </remarks>
static class StructureRules
{
    public static readonly RewriteRule[] Table =
        [SliceOfSlice, SliceOfConcat, ConcatOfConcat, ConcatOfNeighbours, AddOfConcats, BroadcastOfBroadcast];

    static Node? SliceOfSlice(GraphBuilder g, Node node) => node switch
    {
        // slice(slice(x, 1, 3), 1, 2) = slice(x, 2, 2)
        { Op: Op.Slice, Attributes: { Axis: var axis, Start: var start }, Inputs: [{ Op: Op.Slice, Inputs: [var x] } inner] }
            when inner.Attributes.Axis == axis => g.Slice(x, axis, inner.Attributes.Start + start, node.Shape[axis]),
        // slice(slice(M, 0, 1, axis 0), 0, 2, axis 1) stays
        _ => null,
    };

    static Node? SliceOfConcat(GraphBuilder g, Node node)
    {
        // slice(concat(x, y), 3, 2) = concat(slice(x, 3, 1), slice(y, 0, 1))
        // slice(concat(x, y), 4, 4) = y
        // slice(concat(M, M, axis 0), 0, 2, axis 1) stays
        if (node is not { Op: Op.Slice, Attributes: { Axis: var axis, Start: var from }, Inputs: [{ Op: Op.Concat } concat] }) return null;
        if (concat.Attributes.Axis != axis) return null;
        var to = from + node.Shape[axis];
        var parts = new List<Node>();
        var at = 0;
        foreach (var part in concat.Inputs)
        {
            var (start, end) = (Math.Max(from, at), Math.Min(to, at + part.Shape[axis]));
            if (start < end) parts.Add(g.Slice(part, axis, start - at, end - start));
            at += part.Shape[axis];
        }
        return g.Concat(axis, [.. parts]);
    }

    static Node? ConcatOfConcat(GraphBuilder g, Node node)
    {
        // concat(concat(x, y), z) = concat(x, y, z)
        // concat(x, y) stays
        if (node is not { Op: Op.Concat, Attributes.Axis: var axis }) return null;
        bool IsAlike(Node part) => part.Op == Op.Concat && part.Attributes.Axis == axis;
        return node.Inputs.Any(IsAlike) ? g.Concat(axis, [.. node.Inputs.SelectMany(part => IsAlike(part) ? part.Inputs : [part])]) : null;
    }

    static Node? ConcatOfNeighbours(GraphBuilder g, Node node)
    {
        // concat(slice(x, 0, 1), slice(x, 1, 2), y) = concat(slice(x, 0, 3), y)
        // concat(y, fill(2, n×[1]), fill(2, n×[3])) = concat(y, fill(2, n×[4]))
        // concat(slice(x, 1, 2), slice(x, 0, 1)) stays
        // concat(fill(2, n×[1]), fill(3, n×[1])) stays
        if (node is not { Op: Op.Concat, Attributes.Axis: var axis }) return null;
        for (var i = 0; i + 1 < node.Inputs.Count; i++)
            if (Joined(g, axis, node.Inputs[i], node.Inputs[i + 1]) is { } joined)
                return g.Concat(axis, [.. node.Inputs.Take(i), joined, .. node.Inputs.Skip(i + 2)]);
        return null;
    }

    static Node? Joined(GraphBuilder g, int axis, Node a, Node b)
    {
        var length = a.Shape[axis] + b.Shape[axis];
        if (a.Constant is { } c && b.Constant is { } d && c.Equals(d)) return g.Constant(c, new(a.Type.Rows, a.Shape.With(axis, length)));
        if (a is not { Op: Op.Slice, Inputs: [var x] } || b is not { Op: Op.Slice, Inputs: [var y] } || x != y) return null;
        var (left, right) = (a.Attributes, b.Attributes);
        var areNeighbours = left.Axis == axis && right.Axis == axis && left.Start + a.Shape[axis] == right.Start;
        return areNeighbours ? g.Slice(x, axis, left.Start, length) : null;
    }

    /// <summary>The sum of two concatenations along one axis is a concatenation of sums, cut where either is cut.</summary>
    static Node? AddOfConcats(GraphBuilder g, Node node)
    {
        // concat(x, O) + concat(y, z) = concat(x + y, z)
        // concat(x, y) + concat(y, z) stays
        if (node is not { Op: Op.Add, Inputs: [{ Op: Op.Concat, Attributes.Axis: var axis } a, { Op: Op.Concat } b] }) return null;
        if (b.Attributes.Axis != axis || !a.Inputs.Concat(b.Inputs).Any(part => part.Constant == 0)) return null;
        var parts = new List<Node>();
        var start = 0;
        foreach (var end in new SortedSet<int>(Ends(a).Concat(Ends(b))))
        {
            parts.Add(g.Add(g.Slice(a, axis, start, end - start), g.Slice(b, axis, start, end - start)));
            start = end;
        }
        return g.Concat(axis, [.. parts]);
    }

    /// <summary>Where the parts of a concatenation end.</summary>
    static IEnumerable<int> Ends(Node concat)
    {
        var at = 0;
        foreach (var part in concat.Inputs) yield return at += part.Shape[concat.Attributes.Axis];
    }

    static Node? BroadcastOfBroadcast(GraphBuilder g, Node node) => node switch
    {
        // spread(spread(reshape(v, n×[1, 1]), n×[1, 4]), n×[3, 4]) = spread(reshape(v, n×[1, 1]), n×[3, 4])
        { Op: Op.Broadcast, Inputs: [{ Op: Op.Broadcast, Inputs: [var x] }] } => g.Broadcast(x, node.Type),
        // spread(v, n×[4]) stays
        _ => null,
    };
}
