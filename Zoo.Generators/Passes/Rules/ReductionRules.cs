using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Reductions in the order that the fused kernels can do: first within a row, then over the rows.</summary>
/// <remarks>
/// <para>Before: <c>sum(concat(reshape(M·3, n×[8]), spread(v, n×[5])), [1])</c></para>
/// <para>After: <c>sum(reshape(sum(M, n×[1, 1])·3, n×[1]) + v·5, [1])</c></para>
/// <para>
/// Invariant: the same value in exact arithmetic, from no more additions. No reduction runs over rows and axes at once; its operand is no
/// concatenation, nor a broadcast along what it reduces, nor, within a row, a reduction of the same kind.
/// </para>
/// <para>
/// Misses: factors of a sum that are no constants; sums of sums (Σx + Σy); sums along some axes of a reshape that changes those axes.
/// </para>
/// </remarks>
static class ReductionRules
{
    public static readonly RewriteRule[] Table = [RowsLast, ReduceOfReduce, FactorOut, OfBroadcast, OfConcat, OfReshape];

    /// <summary>The sum within a row joins the kernel that makes its operand.</summary>
    static Node? RowsLast(GraphBuilder g, Node node)
    {
        // sum(x, [1]) = sum(sum(x, n×[1]), [1])
        // max(x, [1]) = max(max(x, n×[1]), [1])
        // sum(x, [4]) stays
        // sum(x, n×[1]) stays
        if (node is not { Op: Op.Sum or Op.ReduceMax, Inputs: [var x] }) return null;
        if (x.Type.Rows == node.Type.Rows || x.Shape == node.Shape) return null;
        return g.Reduce(node.Op, g.Reduce(node.Op, x, new(x.Type.Rows, node.Shape)), node.Type);
    }

    static Node? ReduceOfReduce(GraphBuilder g, Node node) => node switch
    {
        // sum(sum(M, n×[2, 1]), n×[1, 1]) = sum(M, n×[1, 1])
        // max(max(M, n×[2, 1]), n×[1, 1]) = max(M, n×[1, 1])
        { Op: Op.Sum or Op.ReduceMax, Inputs: [{ Inputs: [var x] } inner] } when inner.Op == node.Op && x.Type.Rows == node.Type.Rows =>
            g.Reduce(node.Op, x, node.Type),
        // sum(max(M, n×[2, 1]), n×[1, 1]) stays
        // sum(sum(x, n×[1]), [1]) stays
        _ => null,
    };

    /// <summary>Where one number per row remains: a sum over rows would need a kernel of its own for the factor.</summary>
    static Node? FactorOut(GraphBuilder g, Node node) => node switch
    {
        // sum(x·3, n×[1]) = sum(x, n×[1])·3
        { Op: Op.Sum, Type.IsShared: false, Shape.Count: 1, Inputs: [{ Op: Op.Mul, Inputs: [var x, { Constant: { } c }] }] } =>
            g.Mul(g.Sum(x, node.Type), c),
        // sum(x·3, [4]) stays
        // sum(x·y, n×[1]) stays
        _ => null,
    };

    /// <summary>What is repeated and then reduced is reduced first, and a sum over repetitions is a multiple.</summary>
    static Node? OfBroadcast(GraphBuilder g, Node node)
    {
        // sum(spread(v, n×[4]), n×[1]) = v·4
        // sum(spread(s, 2n×[4]), [4]) = s·(spread(rows, [4])·2)
        // max(spread(s, n×[4]), [4]) = s
        // sum(spread(s, n×[4]), n×[1]) = spread(sum(s, [1]), n×[1])
        // sum(x, n×[1]) stays
        if (node is not { Op: Op.Sum or Op.ReduceMax, Inputs: [{ Op: Op.Broadcast, Inputs: [var x] } repeated] }) return null;
        var type = node.Type;
        // Each axis of x is kept where it is neither reduced nor one already; the broadcast is repeated over what is left.
        var kept = new Shape(x.Shape.Dimensions.Select((size, axis) => type.Shape[axis] == 1 ? 1 : size));
        var reduced = g.Reduce(node.Op, x, new(type.IsShared ? 0 : x.Type.Rows, kept));
        var result = g.Broadcast(reduced, type);
        if (node.Op == Op.ReduceMax) return result;
        var count = 1f;
        for (var axis = 0; axis < x.Shape.Rank; axis++)
            if (x.Shape[axis] == 1 && type.Shape[axis] == 1) count *= repeated.Shape[axis];
        var isOverRows = type.IsShared && x.Type.IsShared && !repeated.Type.IsShared;
        if (isOverRows) return g.Mul(result, g.Mul(g.Broadcast(g.RowCount(), type), count * repeated.Type.Rows));
        return count == 1 ? result : g.Mul(result, count);
    }

    /// <summary>A sum of parts lying side by side is the sum of each, in the kernel that makes it.</summary>
    static Node? OfConcat(GraphBuilder g, Node node)
    {
        // sum(concat(x, u), n×[1]) = sum(x, n×[1]) + u
        // max(concat(x, y), n×[1]) = max(max(x, n×[1]), max(y, n×[1]))
        // sum(concat(x, y), [8]) = concat(sum(x, [4]), sum(y, [4]))
        // sum(concat(M, M, axis 1), n×[1, 8]) = concat(sum(M, n×[1, 4]), sum(M, n×[1, 4]), axis 1)
        // sum(x + y, n×[1]) stays
        if (node is not { Op: Op.Sum or Op.ReduceMax, Inputs: [{ Op: Op.Concat, Attributes.Axis: var axis } concat] }) return null;
        Node Reduced(Node part, int size) => g.Reduce(node.Op, part, node.Type with { Shape = node.Shape.With(axis, size) });
        return node.Shape[axis] == 1
            ? concat.Inputs.Select(part => Reduced(part, 1)).Aggregate((a, b) => g.Binary(node.Op == Op.Sum ? Op.Add : Op.Max, a, b))
            : g.Concat(axis, [.. concat.Inputs.Select(part => Reduced(part, part.Shape[axis]))]);
    }

    /// <summary>
    /// A reshape that does more than add or drop axes of size 1 hides its operand's kernel from a reduction to one number, and from one
    /// over the rows.
    /// </summary>
    static Node? OfReshape(GraphBuilder g, Node node)
    {
        // sum(reshape(M, n×[8]), n×[1]) = reshape(sum(M, n×[1, 1]), n×[1])
        // max(reshape(M, n×[8]), [8]) = reshape(max(M, [2, 4]), [8])
        // sum(reshape(v, n×[1, 1]), [1, 1]) stays
        // sum(reshape(M, 2n×[4]), [4]) stays
        if (node is not { Op: Op.Sum or Op.ReduceMax, Inputs: [{ Op: Op.Reshape, Inputs: [var x] } reshaped] }) return null;
        if (x.Type.Rows != reshaped.Type.Rows) return null;
        if (AreAlike(x.Shape, reshaped.Shape) && x.Op is not (Op.Sum or Op.ReduceMax or Op.Broadcast or Op.Concat)) return null;
        var ones = new Shape(Enumerable.Repeat(1, x.Shape.Rank));
        if (node.Shape.Count == 1 && node.Type.Rows == x.Type.Rows) return Reshaped(ones);
        return node.Shape == reshaped.Shape ? Reshaped(x.Shape) : null;

        Node Reshaped(Shape shape) => g.Reshape(g.Reduce(node.Op, x, new(node.Type.Rows, shape)), node.Type.Rows, node.Shape);
    }

    /// <summary>Whether two shapes differ by axes of size 1 only: no kernel sees a difference.</summary>
    static bool AreAlike(Shape a, Shape b) => a.Dimensions.Where(d => d != 1).SequenceEqual(b.Dimensions.Where(d => d != 1));
}
