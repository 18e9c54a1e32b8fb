using System;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Differentiation;

/// <summary>Derivatives of elementwise ops with several operands of one type.</summary>
static class BinaryRules
{
    public static Node? Apply(GraphBuilder g, Node y, Node up, int input)
    {
        var (a, b) = (y.Inputs[0], y.Inputs[1]);
        return (y.Op, input) switch
        {
            (Op.Add, _) => up,
            (Op.Sub, 0) => up,
            (Op.Sub, 1) => g.Neg(up),
            (Op.Mul, 0) => g.Mul(up, b),
            (Op.Mul, 1) => g.Mul(up, a),
            (Op.Div, 0) => g.Div(up, b),
            (Op.Div, 1) => g.Neg(g.Mul(up, g.Div(y, b))),
            // Ties share the gradient, as PyTorch's maximum and minimum do.
            (Op.Max, 0) or (Op.Min, 1) => g.Mul(up, Share(g, a, b)),
            (Op.Max, 1) or (Op.Min, 0) => g.Mul(up, Share(g, b, a)),
            (Op.Select, 1) => g.Select(a, up, g.Constant(0)),
            (Op.Select, 2) => g.Select(a, g.Constant(0), up),
            (Op.Greater or Op.Equal or Op.Select, _) => null,
            _ => throw new ArgumentOutOfRangeException(nameof(y), $"No derivative for {y.Op}."),
        };
    }

    static Node Share(GraphBuilder g, Node winner, Node loser) =>
        g.Add(g.Binary(Op.Greater, winner, loser), g.Mul(g.Binary(Op.Equal, winner, loser), 0.5f));
}
