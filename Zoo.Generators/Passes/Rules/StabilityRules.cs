using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Forms that overflow or cancel, replaced by the ones that do not.</summary>
static class StabilityRules
{
    public static readonly RewriteRule[] Table = [LogOfSigmoid, LogOfExp, LogOfOnePlus, ExpMinusOne, OneMinusSigmoid];

    /// <summary>log σ(x) = −softplus(−x).</summary>
    static Node? LogOfSigmoid(GraphBuilder g, Node node) =>
        node.Op == Op.Log && node.Inputs[0].Op == Op.Sigmoid ? g.Neg(g.Unary(Op.Softplus, g.Neg(node.Inputs[0].Inputs[0]))) : null;

    static Node? LogOfExp(GraphBuilder g, Node node) => node.Op == Op.Log && node.Inputs[0].Op == Op.Exp ? node.Inputs[0].Inputs[0] : null;

    /// <summary>log(1 + eˣ) = softplus(x), log(1 + x) = log1p(x).</summary>
    static Node? LogOfOnePlus(GraphBuilder g, Node node)
    {
        if (node.Op == Op.Log1p && node.Inputs[0].Op == Op.Exp) return g.Unary(Op.Softplus, node.Inputs[0].Inputs[0]);
        return node.Op == Op.Log && node.Inputs[0].Op == Op.Add && node.Inputs[0].Inputs[1].IsConstant(1) ? g.Unary(Op.Log1p, node.Inputs[0].Inputs[0]) : null;
    }

    static Node? ExpMinusOne(GraphBuilder g, Node node) =>
        node.Op == Op.Sub && node.Inputs[0].Op == Op.Exp && node.Inputs[1].IsConstant(1) ? g.Unary(Op.Expm1, node.Inputs[0].Inputs[0]) : null;

    /// <summary>1 − σ(x) = σ(−x).</summary>
    static Node? OneMinusSigmoid(GraphBuilder g, Node node) =>
        node.Op == Op.Sub && node.Inputs[0].IsConstant(1) && node.Inputs[1].Op == Op.Sigmoid ? g.Unary(Op.Sigmoid, g.Neg(node.Inputs[1].Inputs[0])) : null;
}
