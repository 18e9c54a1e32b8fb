using Zoo.Generators.Graphs;

namespace Zoo.Generators.Differentiation;

/// <summary>Transposes of reductions.</summary>
static class ReductionRules
{
    public static Node Apply(GraphBuilder g, Node y, Node up)
    {
        var x = y.Inputs[0];
        if (y.Op == Op.Sum) return g.Broadcast(up, x.Type);
        // The gradient goes to the largest elements in equal parts.
        var largest = g.Binary(Op.Equal, x, g.Broadcast(y, x.Type));
        var share = g.Div(up, g.Sum(largest, y.Type));
        return g.Mul(largest, g.Broadcast(share, x.Type));
    }
}
