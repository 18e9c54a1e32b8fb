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
}
