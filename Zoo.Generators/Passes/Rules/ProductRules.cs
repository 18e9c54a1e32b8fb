using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Products of matrices that are no work for a matrix kernel become maps and sums, which join their neighbours.</summary>
/// <remarks>
/// <para>Before: <c>matmul(relu(x), w) + matmul(spread(v, n×[4]), w)</c></para>
/// <para>After: <c>sum(relu(x)·reshape(w, [4]), n×[1]) + v·reshape(sum(w, [1, 1]), [1])</c></para>
/// <para>
/// Invariant: the same value in exact arithmetic, from no more multiplications. A product in the result has at least two rows, columns and
/// summands, and no operand that is one vector repeated.
/// </para>
/// <para>
/// Why: a product with one column fills one lane of a vector and reads its operand again; as a row sum it is one multiplication and one
/// addition an element in the kernel that has the operand in registers. For a critic's last layer [k → 1] and n rows: forward reads n·k
/// floats less; its weight's gradient is a column sum beside the other sums of the backward kernel, its input's gradient a factor in it.
/// </para>
/// <para>
/// Misses: gradients of which a slice is used only. A concatenation of values that differ from row to row stays whole but for one-hot rows
/// (<see cref="GatherRules"/>): two products would write and read C (2·n·N floats) to spare the copy of a part (2·n·k), and most parts are
/// made in place.
/// </para>
/// </remarks>
static class ProductRules
{
    public static readonly RewriteRule[] Table = [OfConcat, OfRepeatedRows, OfRepeatedColumns, OfRepeatedSummands, Thin, ThinForEachRow];

    /// <summary>Equal rows of A give equal rows of C: they are computed once.</summary>
    static Node? OfRepeatedRows(GraphBuilder g, Node node)
    {
        // matmul(spread(s, n×[4]), W) = spread(reshape(matmul(reshape(s, [1, 4]), W), [3]), n×[3])
        // matmul(spread(v, n×[4])ᵀ, x) = spread(matmul(vᵀ, x), [4, 4])
        // matmul(spread(r, [2, 4]), W) = spread(matmul(r, W), [2, 3])
        // matmul(x, W) stays
        if (node is not { Op: Op.MatMul, Inputs: [var a, var b], Attributes: { TransposeA: var ta, TransposeB: var tb } }) return null;
        if (Once(g, a, ta ? Axis.Columns : Axis.Rows) is not { } one) return null;
        var row = g.MatMul(one, b, ta, tb);
        return g.Broadcast(node.Type.IsShared ? row : g.Reshape(row, node.Shape), node.Type);
    }

    /// <summary>Equal columns of B give equal columns of C.</summary>
    static Node? OfRepeatedColumns(GraphBuilder g, Node node)
    {
        // matmul(x, spread(w, [4, 3])) = spread(matmul(x, w), n×[3])
        // matmul(xᵀ, spread(v, n×[3])) = spread(matmul(xᵀ, v), [4, 3])
        // matmul(x, W) stays
        if (node is not { Op: Op.MatMul, Inputs: [var a, var b], Attributes: { TransposeA: var ta, TransposeB: var tb } }) return null;
        return Once(g, b, tb ? Axis.Rows : Axis.Columns) is { } one ? g.Broadcast(g.MatMul(a, one, ta, tb), node.Type) : null;
    }

    /// <summary>Σₖ a·bₖ = a·Σₖ bₖ: an operand that is the same for all summands leaves the sum.</summary>
    static Node? OfRepeatedSummands(GraphBuilder g, Node node)
    {
        // matmul(spread(v, n×[3]), Wᵀ) = matmul(v, sum(W, [4, 1])ᵀ)
        // matmul(x, spread(reshape(slice(s, 0, 3), [1, 3]), [4, 3])) = matmul(sum(x, n×[1]), reshape(slice(s, 0, 3), [1, 3]))
        // matmul(spread(s, n×[4])ᵀ, x) = matmul(reshape(s, [1, 4])ᵀ, reshape(sum(x, [4]), [1, 4]))
        // matmul(x, W) stays
        if (node is not { Op: Op.MatMul, Inputs: [var a, var b], Attributes: { TransposeA: var ta, TransposeB: var tb } }) return null;
        var (inA, inB) = (ta ? Axis.Rows : Axis.Columns, tb ? Axis.Columns : Axis.Rows);
        if (Once(g, a, inA) is { } left) return g.MatMul(left, Summed(g, b, inB), ta, tb);
        return Once(g, b, inB) is { } right ? g.MatMul(Summed(g, a, inA), right, ta, tb) : null;
    }

    /// <summary>One summand, one column or one row: a map, with a sum behind it.</summary>
    static Node? Thin(GraphBuilder g, Node node)
    {
        // matmul(v, r) = v·reshape(r, [4])
        // matmul(x, w) = sum(x·reshape(w, [4]), n×[1])
        // matmul(v, wᵀ) = v·reshape(w, [4])
        // matmul(xᵀ, v) = reshape(sum(x·v, [4]), [4, 1])
        // matmul(vᵀ, x) = reshape(sum(x·v, [4]), [1, 4])
        // matmul(w, r) = w·r
        // matmul(wᵀ, rᵀ) = reshape(sum(w·reshape(r, [4, 1]), [1, 1]), [1, 1])
        // matmul(Wᵀ, w) = reshape(sum(W·w, [1, 3]), [3, 1])
        // matmul(r, W) = sum(W·reshape(r, [4, 1]), [1, 3])
        // matmul(r, reshape(W, [3, 4])ᵀ) = reshape(sum(reshape(W, [3, 4])·r, [3, 1]), [1, 3])
        // matmul(x, W) stays
        // matmul(xᵀ, y) stays
        // matmul(windows(p, 2, 1, 0), reshape(concat(s, s, s, s), [16, 1])) stays
        if (node is not { Op: Op.MatMul, Inputs: [var a, var b], Attributes: { TransposeA: var ta, TransposeB: var tb } }) return null;
        // Windows are in no memory that a map could read.
        if (a.Op == Op.Windows) return null;
        if (!node.Type.IsShared)
        {
            // Rows of A are rows of C.
            var (k, n) = (a.Shape[0], node.Shape[0]);
            if (k == 1) return g.Mul(a, g.Reshape(b, new Shape(n)));
            return n == 1 ? g.Sum(g.Mul(a, g.Reshape(b, new Shape(k))), node.Type) : null;
        }
        if (!a.Type.IsShared)
        {
            // The sum runs over the rows of both.
            if (a.Shape[0] != 1 && b.Shape[0] != 1) return null;
            return g.Reshape(g.SumRows(b.Shape[0] == 1 ? g.Mul(a, b) : g.Mul(b, a)), node.Shape);
        }
        return ThinShared(g, a, b, ta, tb);
    }

    /// <summary>Of one matrix by another, both shared by all examples or both of one example.</summary>
    static Node? ThinShared(GraphBuilder g, Node a, Node b, bool ta, bool tb)
    {
        var (m, k, n) = (a.Shape[ta ? 1 : 0], a.Shape[ta ? 0 : 1], b.Shape[tb ? 0 : 1]);
        var rows = a.Type.Rows;
        if (k == 1) return g.Mul(g.Reshape(a, new Shape(m, 1)), g.Reshape(b, new Shape(1, n)));
        // The vector lies along the matrix's axis k; the other axis is what the sum leaves.
        if (n == 1)
        {
            var vector = g.Reshape(b, ta ? new Shape(k, 1) : new Shape(1, k));
            var sum = g.Sum(g.Mul(a, vector), new TensorType(rows, ta ? new Shape(1, m) : new Shape(m, 1)));
            return g.Reshape(sum, new Shape(m, 1));
        }
        if (m == 1)
        {
            var vector = g.Reshape(a, tb ? new Shape(1, k) : new Shape(k, 1));
            var sum = g.Sum(g.Mul(b, vector), new TensorType(rows, tb ? new Shape(n, 1) : new Shape(1, n)));
            return g.Reshape(sum, new Shape(1, n));
        }
        return null;
    }

    static Node? ThinForEachRow(GraphBuilder g, Node node)
    {
        // batchmatmul(M, reshape(x, n×[4, 1])) = sum(M·reshape(x, n×[1, 4]), n×[2, 1])
        // batchmatmul(reshape(u, n×[1, 1]), reshape(x, n×[1, 4])) = reshape(u, n×[1, 1])·reshape(x, n×[1, 4])
        // batchmatmul(M, reshape(M, n×[4, 2])) stays
        if (node is not { Op: Op.BatchMatMul, Inputs: [var a, var b], Attributes: { TransposeA: var ta, TransposeB: var tb } }) return null;
        return ThinShared(g, a, b, ta, tb);
    }

    /// <summary>
    /// (a b)·W = a·W₁ + b·W₂, where a part is the same for all rows or one-hot: the product of the first is one row, which is not copied
    /// into every row of the concatenation, and that of the second a choice of rows. The weight's gradient is then several products and
    /// sums, each straight in its place.
    /// </summary>
    static Node? OfConcat(GraphBuilder g, Node node)
    {
        // matmul(concat(v, fill(2, n×[3])), W) = matmul(v, slice(W, 0, 1)) + matmul(fill(2, n×[3]), slice(W, 1, 3))
        // matmul(concat(v, spread(slice(s, 0, 3), n×[3]))ᵀ, x) = concat(matmul(vᵀ, x), matmul(spread(slice(s, 0, 3), n×[3])ᵀ, x))
        // matmul(xᵀ, concat(x, fill(1, n×[2]))) = concat(matmul(xᵀ, x), matmul(xᵀ, fill(1, n×[2])), axis 1)
        // matmul(concat(v, onehot(l, 3)), W) = matmul(v, slice(W, 0, 1)) + matmul(onehot(l, 3), slice(W, 1, 3))
        // matmul(concat(x, v, onehot(l, 3))ᵀ, y) = concat(matmul(concat(x, v)ᵀ, y), matmul(onehot(l, 3)ᵀ, y))
        // matmul(concat(v, slice(x, 0, 3)), W) stays
        // matmul(xᵀ, concat(v, onehot(l, 3))) stays
        if (node is not { Op: Op.MatMul, Inputs: [var a, var b], Attributes: { TransposeA: var ta, TransposeB: var tb } }) return null;
        // Rows of W are chosen, and rows are summed; columns are neither.
        bool IsApart(Node part) => IsAlikeInAllRows(part) || (part.Op == Op.OneHot && !tb);
        if (IsSplit(a, IsApart) && !ta)
        {
            var (terms, start) = (new List<Node>(), 0);
            foreach (var part in Parts(g, a, IsApart))
            {
                terms.Add(g.MatMul(part, g.Slice(b, tb ? 1 : 0, start, part.Shape[0]), false, tb));
                start += part.Shape[0];
            }
            return terms.Aggregate(g.Add);
        }
        if (IsSplit(a, IsApart)) return g.Concat(0, [.. Parts(g, a, IsApart).Select(part => g.MatMul(part, b, ta, tb))]);
        if (!IsSplit(b, IsAlikeInAllRows)) return null;
        return g.Concat(1, [.. Parts(g, b, IsAlikeInAllRows).Select(part => g.MatMul(a, part, ta, tb))]);
    }

    static bool IsSplit(Node x, Func<Node, bool> isApart) => x.Op == Op.Concat && !x.Type.IsShared && x.Inputs.Any(isApart);

    static bool IsAlikeInAllRows(Node x) => x is { Op: Op.Constant } or { Op: Op.Broadcast, Inputs: [{ Type.IsShared: true }] };

    /// <summary>The parts that are apart, and those between them as one.</summary>
    static IEnumerable<Node> Parts(GraphBuilder g, Node concat, Func<Node, bool> isApart)
    {
        var between = new List<Node>();
        foreach (var part in concat.Inputs)
        {
            if (!isApart(part))
            {
                between.Add(part);
                continue;
            }
            if (between.Count > 0) yield return g.Concat(0, [.. between]);
            between.Clear();
            yield return part;
        }
        if (between.Count > 0) yield return g.Concat(0, [.. between]);
    }

    /// <summary>The two axes of an operand as it is stored; rows of the batch count as its rows.</summary>
    enum Axis { Rows, Columns }

    /// <summary>An operand that is the same along an axis, with that axis of size 1; null where it is not or has size 1 already.</summary>
    static Node? Once(GraphBuilder g, Node x, Axis axis)
    {
        var overBatch = axis == Axis.Rows && !x.Type.IsShared;
        var index = axis == Axis.Rows ? 0 : x.Shape.Rank - 1;
        if (!overBatch && x.Shape[index] == 1) return null;
        var type = overBatch ? TensorType.Shared(x.Shape.Last) : x.Type with { Shape = x.Shape.With(index, 1) };
        bool IsRepeated(Node source) => overBatch ? source.Type.IsShared : source.Shape[index] == 1;
        var once = x switch
        {
            { Constant: { } c } => g.Constant(c, type),
            { Op: Op.Broadcast, Inputs: [var source] } when IsRepeated(source) => g.Broadcast(source, type),
            _ => null,
        };
        return once is not null && overBatch ? g.Reshape(once, new Shape(1, x.Shape.Last)) : once;
    }

    /// <summary>An operand summed along an axis, which stays with size 1.</summary>
    static Node Summed(GraphBuilder g, Node x, Axis axis)
    {
        if (axis == Axis.Rows && !x.Type.IsShared) return g.Reshape(g.SumRows(x), new Shape(1, x.Shape[0]));
        return g.Sum(x, x.Type with { Shape = x.Shape.With(axis == Axis.Rows ? 0 : x.Shape.Rank - 1, 1) });
    }
}
