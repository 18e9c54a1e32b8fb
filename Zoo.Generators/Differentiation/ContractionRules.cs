using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Differentiation;

/// <summary>Both operands' gradients of a product are products of the same family: no transpose is ever made.</summary>
static class ContractionRules
{
    public static Node Apply(GraphBuilder g, Node y, Node up, int input)
    {
        var (a, b) = (y.Inputs[0], y.Inputs[1]);
        Node Product(Node l, Node r, bool tl, bool tr) => y.Op == Op.MatMul ? g.MatMul(l, r, tl, tr) : g.BatchMatMul(l, r, tl, tr);
        return (y.Attributes.TransposeA, y.Attributes.TransposeB, input) switch
        {
            (false, false, 0) when a.Op == Op.Concat && a.Inputs.Any(part => part.Op == Op.OneHot) => OfLabelled(g, a, up, b),
            (false, false, 0) => Product(up, b, false, true),
            (false, false, _) => Product(a, up, true, false),
            (true, false, 0) => Product(b, up, false, true),
            (true, false, _) => Product(a, up, false, false),
            (false, true, 0) => Product(up, b, false, false),
            (false, true, _) => Product(up, a, true, false),
            (true, true, 0) => Product(b, up, true, true),
            (true, true, _) => Product(up, a, true, true),
        };
    }

    /// <summary>By [x, e(y)] of [x, e(y)]·W: a label has no gradient, so its columns of Wᵀ are not multiplied.</summary>
    static Node OfLabelled(GraphBuilder g, Node concat, Node up, Node weight)
    {
        var (parts, start, end) = (new List<Node>(), 0, 0);
        void Multiply()
        {
            if (end > start) parts.Add(g.MatMul(up, g.Slice(weight, 0, start, end - start), transposeB: true));
            start = end;
        }
        foreach (var part in concat.Inputs)
        {
            if (part.Op == Op.OneHot)
            {
                Multiply();
                parts.Add(g.Constant(0, part.Type));
                start += part.Shape[0];
            }
            end += part.Shape[0];
        }
        Multiply();
        return g.Concat(0, [.. parts]);
    }
}
