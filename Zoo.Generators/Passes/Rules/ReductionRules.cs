using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Reductions in the order that the fused kernels can do: first within a row, then over the rows.</summary>
/// <remarks>
/// <para>Before: <c>sum(sum(M·3, n×[2, 1]), [1, 1])</c></para>
/// <para>After: <c>sum(sum(M, n×[1, 1])·3, [1, 1])</c></para>
/// <para>
/// Invariant: the same value in exact arithmetic; no reduction runs over rows and axes at once, and its operand is no reduction of the same kind unless the
/// one is within rows and the other over them.
/// </para>
/// <para>Misses: factors of a sum that are no constants, and sums of sums (Σx + Σy).</para>
/// </remarks>
static class ReductionRules
{
    public static readonly RewriteRule[] Table = [RowsLast, SumOfSum, FactorOut];

    /// <summary>The sum within a row joins the kernel that makes its operand.</summary>
    static Node? RowsLast(GraphBuilder g, Node node)
    {
        // sum(x, [1]) = sum(sum(x, n×[1]), [1])
        // max(x, [1]) = max(max(x, n×[1]), [1])
        // sum(x, [4]) stays
        // sum(x, n×[1]) stays
        if (node is not { Op: Op.Sum or Op.ReduceMax, Inputs: [var x] } || x.Type.Rows == node.Type.Rows || x.Shape == node.Shape) return null;
        return g.Reduce(node.Op, g.Reduce(node.Op, x, new(x.Type.Rows, node.Shape)), node.Type);
    }

    static Node? SumOfSum(GraphBuilder g, Node node) => node switch
    {
        // sum(sum(M, n×[2, 1]), n×[1, 1]) = sum(M, n×[1, 1])
        { Op: Op.Sum, Inputs: [{ Op: Op.Sum, Inputs: [var x] }] } when x.Type.Rows == node.Type.Rows => g.Sum(x, node.Type),
        // sum(sum(x, n×[1]), [1]) stays
        _ => null,
    };

    /// <summary>Where one number per row remains: a sum over rows would need a kernel of its own for the factor.</summary>
    static Node? FactorOut(GraphBuilder g, Node node) => node switch
    {
        // sum(x·3, n×[1]) = sum(x, n×[1])·3
        { Op: Op.Sum, Type.IsShared: false, Shape.Count: 1, Inputs: [{ Op: Op.Mul, Inputs: [var x, { Constant: { } c }] }] } => g.Mul(g.Sum(x, node.Type), c),
        // sum(x·3, [4]) stays
        // sum(x·y, n×[1]) stays
        _ => null,
    };
}
