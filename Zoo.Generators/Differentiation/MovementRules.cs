using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Differentiation;

/// <summary>Transposes of movement ops.</summary>
static class MovementRules
{
    public static Node Apply(GraphBuilder g, Node y, Node up, int input)
    {
        var x = y.Inputs[input];
        switch (y.Op)
        {
            case Op.Broadcast:
                return g.Sum(up, x.Type);
            case Op.Reshape:
                return g.Reshape(up, x.Type.Rows, x.Shape);
            case Op.Slice:
            {
                // Zeros before and after: a concatenation, so that two slices' gradients can later meet in one.
                var (axis, start, length) = (y.Attributes.Axis, y.Attributes.Start, y.Shape[y.Attributes.Axis]);
                var parts = new List<Node>();
                if (start > 0) parts.Add(g.Constant(0, up.Type with { Shape = up.Shape.With(axis, start) }));
                parts.Add(up);
                var after = x.Shape[axis] - start - length;
                if (after > 0) parts.Add(g.Constant(0, up.Type with { Shape = up.Shape.With(axis, after) }));
                return g.Concat(axis, [.. parts]);
            }
            case Op.Concat:
            {
                var start = y.Inputs.Take(input).Sum(i => i.Shape[y.Attributes.Axis]);
                return g.Slice(up, y.Attributes.Axis, start, x.Shape[y.Attributes.Axis]);
            }
            case Op.Permute:
                return g.Permute(up, [.. Enumerable.Range(0, x.Shape.Rank).Select(axis => y.Attributes.Axes.ToList().IndexOf(axis))]);
            case Op.Windows:
                return g.WindowSum(up, y.Attributes.Windowing!.Value);
            case Op.WindowSum:
                return g.Windows(up, y.Attributes.Windowing!.Value);
            default:
                throw new ArgumentOutOfRangeException(nameof(y), $"No derivative for {y.Op}.");
        }
    }
}
