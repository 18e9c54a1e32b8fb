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
        // Products with the same right operand, by the left one: only where there are some can one be made of others.
        var families = Topology.Sort(roots.Select(r => r.Node)).Where(IsOfRows)
            .GroupBy(n => (n.Inputs[1], n.Attributes.TransposeB))
            .Where(family => family.Count() > 1)
            .Select(family => family.ToDictionary(n => n.Inputs[0]))
            .ToList();
        if (families.Count == 0) return roots;
        var familyOf = families.SelectMany(family => family.Values.Select(n => (n, family))).ToDictionary(p => p.n, p => p.family);
        var g = new GraphBuilder();
        Func<Node, Node> rewrite = null!;
        rewrite = g.Rewriter((node, _) => familyOf.TryGetValue(node, out var family) ? OfOthers(node, family) : null);
        return roots.Select(rewrite);

        Node? OfOthers(Node product, Dictionary<Node, Node> family)
        {
            var made = new Dictionary<Node, Node?>();
            return Part(product.Inputs[0]);

            // The product of a part of the left operand, where others give it. Each part is looked at once.
            Node? Part(Node x)
            {
                if (!made.TryGetValue(x, out var there)) made[x] = there = Make(x);
                return there;
            }

            Node? Make(Node x) => x switch
            {
                _ when x != product.Inputs[0] && family.TryGetValue(x, out var there) => rewrite(there),
                { Op: Op.Add or Op.Sub, Inputs: [var a, var b] } =>
                    Part(a) is { } left && Part(b) is { } right ? g.Remake(x, [left, right]) : null,
                { Op: Op.Neg, Inputs: [var a] } => Part(a) is { } part ? g.Remake(x, [part]) : null,
                { Op: Op.Mul, Inputs: [var a, var b] } => Scaled(a, b) ?? Scaled(b, a),
                _ => null,
            };

            // Factors of one number a row stay outside.
            Node? Scaled(Node factor, Node x) => factor switch
            {
                { Constant: { } c } => Part(x) is { } part ? g.Mul(g.Constant(c, product.Type), part) : null,
                { Op: Op.Broadcast, Inputs: [{ Shape.Count: 1 } number] } =>
                    Part(x) is { } part ? g.Mul(g.Broadcast(rewrite(number), product.Type), part) : null,
                _ => null,
            };
        }
    }

    static bool IsOfRows(Node node) => node is { Op: Op.MatMul, Attributes.TransposeA: false, Inputs: [{ Type.IsShared: false } x, _] }
        && x.Shape.Last >= ShortestSum;
}
