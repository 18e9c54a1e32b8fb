using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Sums of products become one product: over more rows, or of a sum.</summary>
/// <remarks>
/// <para>Before: <c>matmul(relu(x)ᵀ, tanh(y)) + matmul(relu(y)ᵀ, tanh(x))</c></para>
/// <para>After: <c>matmul(stack(relu(x), relu(y))ᵀ, stack(tanh(y), tanh(x)))</c></para>
/// <para>Invariant: the same value in exact arithmetic, from no more multiplications.</para>
/// <para>
/// Why: a network called on two batches (a discriminator on data and on fakes) has two products Aᵀ·G for each weight [k, m]. Apart, one of
/// them is written to memory and read again by the other: 2·k·m floats. As one product over 2n rows nothing is added up outside registers.
/// The rows of an example lie one after the other; activations and gradients are written there by the kernels that make them, at no cost.
/// What no kernel makes (an input) is copied, 2·n·k floats: only where the weight is so wide that this is less.
/// </para>
/// <para>
/// Misses: the forward products of the two calls, which read the same weight twice. Stacking those pays only if all that lies between is
/// stacked too, so that it stays in the products' kernels: the caller of a network does that, by calling it once on 2 rows an example.
/// </para>
/// </remarks>
static class StackRules
{
    /// <summary>Rows of the largest batch for which a copied operand still pays.</summary>
    const int LargestBatch = 256;

    public static readonly RewriteRule[] Table = [CommonMatrix, SumOverRows];

    static Node? CommonMatrix(GraphBuilder g, Node node)
    {
        // matmul(x, W) + matmul(y, W) = matmul(x + y, W)
        // matmul(x, W) − matmul(y, W) = matmul(x − y, W)
        // matmul(xᵀ, y) + matmul(xᵀ, z) = matmul(xᵀ, y + z)
        // matmul(x, W) + matmul(x, reshape(W, [3, 4])ᵀ) stays
        // matmul(x, W) + matmul(y, reshape(W, [4, 3])·2) stays
        if (node is not { Op: Op.Add or Op.Sub, Inputs: [{ Op: Op.MatMul } left, { Op: Op.MatMul } right] }) return null;
        if (!left.Attributes.Equals(right.Attributes)) return null;
        var ((a, b), (c, d)) = ((left.Inputs[0], left.Inputs[1]), (right.Inputs[0], right.Inputs[1]));
        var (ta, tb) = (left.Attributes.TransposeA, left.Attributes.TransposeB);
        if (b == d) return g.MatMul(g.Binary(node.Op, a, c), b, ta, tb);
        return a == c ? g.MatMul(a, g.Binary(node.Op, b, d), ta, tb) : null;
    }

    static Node? SumOverRows(GraphBuilder g, Node node)
    {
        // matmul(exp(x)ᵀ, σ(y)) + matmul(exp(y)ᵀ, σ(x)) = matmul(stack(exp(x), exp(y))ᵀ, stack(σ(y), σ(x)))
        // matmul(exp(k)ᵀ, σ(k)) + matmul(exp(z)ᵀ, σ(x)) = matmul(stack(exp(k), exp(z))ᵀ, stack(σ(k), σ(x)))
        // matmul(windows(p, 2, 1, 0)ᵀ, k) + matmul(windows(p·p, 2, 1, 0)ᵀ, k) = matmul(windows(stack(p, p·p), 2, 1, 0)ᵀ, stack(k, k))
        // matmul(xᵀ, σ(y)) + matmul(exp(y)ᵀ, σ(x)) stays
        // matmul(W, Wᵀ) + matmul(w, wᵀ) stays
        if (node is not { Op: Op.Add, Inputs: [{ Op: Op.MatMul } left, { Op: Op.MatMul } right] }) return null;
        if (!IsOverRows(left) || !IsOverRows(right)) return null;
        var ((a, b), (c, d)) = ((left.Inputs[0], left.Inputs[1]), (right.Inputs[0], right.Inputs[1]));
        // Windows over some images and over others are windows over all of them.
        if (a.Op == Op.Windows || c.Op == Op.Windows)
        {
            if (a.Op != c.Op || !a.Attributes.Equals(c.Attributes)) return null;
            var both = g.Windows(Stack(g, a.Inputs[0], c.Inputs[0]), a.Attributes.Windowing!.Value);
            return g.MatMul(both, Stack(g, b, d), transposeA: true);
        }
        var copied = new[] { a, b, c, d }.Where(x => !IsMadeInPlace(x)).Sum(x => x.Type.Rows * x.Shape[0]);
        if (copied * LargestBatch > node.Shape.Count) return null;
        return g.MatMul(Stack(g, a, c), Stack(g, b, d), transposeA: true);
    }

    static bool IsOverRows(Node product) =>
        product is { Attributes: { TransposeA: true, TransposeB: false }, Inputs: [{ Type.IsShared: false }, _] };

    /// <summary>Whether the kernel that makes a value can write it anywhere: it does not lie somewhere already.</summary>
    static bool IsMadeInPlace(Node x) => x switch
    {
        { Op: Op.Reshape, Inputs: [{ Op: Op.Concat }] } => true,
        _ => !x.Op.IsSource() && !x.Op.IsView() && x.Op != Op.Broadcast,
    };

    /// <summary>The rows of an example of a, then its rows of b.</summary>
    static Node Stack(GraphBuilder g, Node a, Node b)
    {
        Node InOneRow(Node x) => g.Reshape(x, 1, new Shape(x.Type.Rows, x.Shape[0]));
        return g.Reshape(g.Concat(0, InOneRow(a), InOneRow(b)), a.Type.Rows + b.Type.Rows, a.Shape);
    }
}
