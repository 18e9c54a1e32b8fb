using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// A product of sums of values whose own products are there anyhow: those are added instead. The points between data and samples at which a
/// WGAN's penalty takes its slopes meet the critic's first weight so, and a product of a critic's thirteen is gone.
/// </summary>
/// <remarks>
/// <code>
/// %3 = MatMul(%0, %2)
/// %4 = MatMul(%1, %2)
/// %7 = Add(Mul(%5, %0), Mul(%6, %1))      %5, %6 one number a row
/// %8 = MatMul(%7, %2)                 →   %7 = Add(Mul(%5, %3), Mul(%6, %4))
/// </code>
/// Invariant: the same value but for rounding, and no product that was not there. It is the last step of simplification, since rules look
/// at a node and its operands only and this one at what else there is.
/// <para>Missed: sums of rows where one product is not there, factors that differ along a row, and operands that lie turned.</para>
/// </remarks>
public static class ReuseProducts
{
    // Length of sums from which a product costs more than reading those that it is made of.
    const int ShortestSum = 16;

    public static Roots<TName> Run<TName>(Roots<TName> roots) where TName : IEquatable<TName>
    {
        var order = Topology.Sort(roots.Select(r => r.Node));
        var products = order.Where(IsOfRows).ToDictionary(n => (n.Inputs[0], n.Inputs[1], n.Attributes.TransposeB));
        var blended = new HashSet<Node>(products.Values.Where(n => IsBlend(n.Inputs[0], n)));
        if (blended.Count == 0) return roots;
        var g = new GraphBuilder();
        Func<Node, Node> rewrite = null!;
        rewrite = g.Rewriter((node, _) => blended.Contains(node) ? Blend(node.Inputs[0], node) : null);
        return roots.Select(rewrite);

        Node? Existing(Node x, Node product) => x != product.Inputs[0]
            && products.TryGetValue((x, product.Inputs[1], product.Attributes.TransposeB), out var there) ? there : null;

        // Whether a value is a sum, by one factor a row, of values that are multiplied with the same operand anyhow.
        bool IsBlend(Node x, Node product) => Existing(x, product) is not null || x switch
        {
            { Op: Op.Add or Op.Sub, Inputs: [var a, var b] } => IsBlend(a, product) && IsBlend(b, product),
            { Op: Op.Neg, Inputs: [var a] } => IsBlend(a, product),
            { Op: Op.Mul, Inputs: [var a, var b] } =>
                (IsFactor(a) && IsBlend(b, product)) || (IsFactor(b) && IsBlend(a, product)),
            _ => false,
        };

        Node Blend(Node x, Node product) => x switch
        {
            _ when Existing(x, product) is { } there => rewrite(there),
            { Op: Op.Mul, Inputs: [var a, var b] } when IsFactor(a) && IsBlend(b, product) => g.Mul(Factor(a, product), Blend(b, product)),
            { Op: Op.Mul, Inputs: [var a, var b] } => g.Mul(Blend(a, product), Factor(b, product)),
            _ => g.Remake(x, [.. x.Inputs.Select(i => Blend(i, product))]),
        };

        Node Factor(Node factor, Node product) => factor.Constant is { } constant
            ? g.Constant(constant, product.Type)
            : g.Broadcast(rewrite(factor.Inputs[0]), product.Type);
    }

    static bool IsOfRows(Node node) => node is { Op: Op.MatMul, Attributes.TransposeA: false, Inputs: [{ Type.IsShared: false } x, _] }
        && x.Shape.Last >= ShortestSum;

    static bool IsFactor(Node node) =>
        node.Constant is not null || node is { Op: Op.Broadcast, Inputs: [{ Shape.Count: 1 }] };
}
