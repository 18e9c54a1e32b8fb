using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Slices and concatenations: what gradients of slices leave behind becomes one concatenation, or nothing.</summary>
static class StructureRules
{
    public static readonly RewriteRule[] Table = [SliceOfSlice, SliceOfConcat, ConcatOfConcat, ConcatOfNeighbours, AddOfConcats, BroadcastOfBroadcast];

    static Node? SliceOfSlice(GraphBuilder g, Node node) =>
        node.Op == Op.Slice && node.Inputs[0] is { Op: Op.Slice } inner && inner.Attributes.Axis == node.Attributes.Axis
            ? g.Slice(inner.Inputs[0], node.Attributes.Axis, inner.Attributes.Start + node.Attributes.Start, node.Shape[node.Attributes.Axis])
            : null;

    static Node? SliceOfConcat(GraphBuilder g, Node node)
    {
        if (node.Op != Op.Slice || node.Inputs[0] is not { Op: Op.Concat } concat || concat.Attributes.Axis != node.Attributes.Axis) return null;
        var axis = node.Attributes.Axis;
        var (from, to) = (node.Attributes.Start, node.Attributes.Start + node.Shape[axis]);
        var parts = new List<Node>();
        var at = 0;
        foreach (var part in concat.Inputs)
        {
            var (start, end) = (System.Math.Max(from, at), System.Math.Min(to, at + part.Shape[axis]));
            if (start < end) parts.Add(g.Slice(part, axis, start - at, end - start));
            at += part.Shape[axis];
        }
        return g.Concat(axis, [.. parts]);
    }

    static Node? ConcatOfConcat(GraphBuilder g, Node node) =>
        node.Op == Op.Concat && node.Inputs.Any(i => i.Op == Op.Concat && i.Attributes.Axis == node.Attributes.Axis)
            ? g.Concat(node.Attributes.Axis, [.. node.Inputs.SelectMany(i => i.Op == Op.Concat && i.Attributes.Axis == node.Attributes.Axis ? i.Inputs : [i])])
            : null;

    /// <summary>Neighbouring slices of one value, and neighbouring constants, join.</summary>
    static Node? ConcatOfNeighbours(GraphBuilder g, Node node)
    {
        if (node.Op != Op.Concat) return null;
        var axis = node.Attributes.Axis;
        for (var i = 0; i + 1 < node.Inputs.Count; i++)
        {
            var (a, b) = (node.Inputs[i], node.Inputs[i + 1]);
            Node? joined = null;
            if (a.Op == Op.Slice && b.Op == Op.Slice && a.Inputs[0] == b.Inputs[0] && a.Attributes.Axis == axis && b.Attributes.Axis == axis
                && a.Attributes.Start + a.Shape[axis] == b.Attributes.Start)
                joined = g.Slice(a.Inputs[0], axis, a.Attributes.Start, a.Shape[axis] + b.Shape[axis]);
            else if (a.Op == Op.Constant && b.Op == Op.Constant && a.Attributes.Value.Equals(b.Attributes.Value))
                joined = g.Constant(a.Attributes.Value, a.Type with { Shape = a.Shape.With(axis, a.Shape[axis] + b.Shape[axis]) });
            if (joined is not null) return g.Concat(axis, [.. node.Inputs.Take(i), joined, .. node.Inputs.Skip(i + 2)]);
        }
        return null;
    }

    /// <summary>The sum of two concatenations along one axis is a concatenation of sums, cut where either is cut; zeros vanish.</summary>
    static Node? AddOfConcats(GraphBuilder g, Node node)
    {
        if (node.Op != Op.Add || node.Inputs[0] is not { Op: Op.Concat } a || node.Inputs[1] is not { Op: Op.Concat } b || a.Attributes.Axis != b.Attributes.Axis) return null;
        if (!a.Inputs.Concat(b.Inputs).Any(i => i.IsConstant(0))) return null;
        var axis = a.Attributes.Axis;
        var cuts = new SortedSet<int>();
        foreach (var concat in new[] { a, b })
        {
            var at = 0;
            foreach (var part in concat.Inputs) cuts.Add(at += part.Shape[axis]);
        }
        var parts = new List<Node>();
        var start = 0;
        foreach (var end in cuts)
        {
            parts.Add(g.Add(g.Slice(a, axis, start, end - start), g.Slice(b, axis, start, end - start)));
            start = end;
        }
        return g.Concat(axis, [.. parts]);
    }

    static Node? BroadcastOfBroadcast(GraphBuilder g, Node node) =>
        node.Op == Op.Broadcast && node.Inputs[0] is { Op: Op.Broadcast } inner ? g.Broadcast(inner.Inputs[0], node.Type) : null;
}
