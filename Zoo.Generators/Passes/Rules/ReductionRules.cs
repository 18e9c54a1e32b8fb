using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Reductions in the order that the fused kernels can do: first within a row, then over the rows.</summary>
static class ReductionRules
{
    public static readonly RewriteRule[] Table = [RowsLast, SumOfSum, FactorOut];

    /// <summary>A sum over rows and axes is a sum over axes, then over rows: the first joins the kernel that makes its operand.</summary>
    static Node? RowsLast(GraphBuilder g, Node node)
    {
        if (!node.Op.IsReduction()) return null;
        var x = node.Inputs[0];
        if (x.Type.Rows == node.Type.Rows || x.Shape == node.Shape) return null;
        var within = new TensorType(x.Type.Rows, node.Shape);
        return node.Op == Op.Sum ? g.Sum(g.Sum(x, within), node.Type) : g.ReduceMax(g.ReduceMax(x, within), node.Type);
    }

    /// <summary>Two sums within a row are one.</summary>
    static Node? SumOfSum(GraphBuilder g, Node node) =>
        node.Op == Op.Sum && node.Inputs[0] is { Op: Op.Sum } inner && inner.Inputs[0].Type.Rows == node.Type.Rows
            ? g.Sum(inner.Inputs[0], node.Type)
            : null;

    /// <summary>Σ c·x = c·Σ x for a constant c, where one number per row remains: a sum over rows would need a kernel of its own for the factor.</summary>
    static Node? FactorOut(GraphBuilder g, Node node) =>
        node.Op == Op.Sum && node.Shape.Count == 1 && !node.Type.IsShared && node.Inputs[0] is { Op: Op.Mul } product && product.Inputs[1].Op == Op.Constant
            ? g.Mul(g.Sum(product.Inputs[0], node.Type), g.Constant(product.Inputs[1].Attributes.Value, node.Type))
            : null;
}
