using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes.Rules;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>One rewriting rule: another node for the same value, or null where it does not apply. Operands are simplified already.</summary>
public delegate Node? RewriteRule(GraphBuilder g, Node node);

/// <summary>Stage 4: rule tables to a fixed point.</summary>
/// <remarks>
/// <code>
/// %2 = Mul(%0, %1)              %1 the constant 1
/// %3 = Add(%2, %2)         →    %1 = Add(%0, %0)
/// </code>
/// Afterwards no rule applies to any node that a root reaches. Common subexpressions are shared by construction and what no root reaches is
/// gone by construction. A node to which no rule applies, and to nothing below it, is settled: later rounds pass it over, so that they cost
/// what they change.
/// <para>Missed: rules look at a node and its operands only, never at who else uses a value, so what they make may be computed beside what
/// was there.</para>
/// </remarks>
public static class Simplify
{
    static readonly RewriteRule[] Table = [.. ConstantRules.Table, .. AlgebraRules.Table, .. StabilityRules.Table, .. StructureRules.Table, .. ReductionRules.Table];

    /// <summary>Rounds over a program, and rewritings of one node, beyond which two rules must be undoing each other.</summary>
    const int MostRounds = 1000;

    const int MostRewritings = 1000;

    public static ModelGraph Run(ModelGraph model, CancellationToken cancellation = default) =>
        model with { Programs = new(model.Programs.Select(p => p with { Roots = Run(p.Roots, p.Rows, cancellation) })) };

    /// <param name="roots">The program.</param>
    /// <param name="rows">The literal batch, which then takes the place of <see cref="Op.RowCount"/>; or 0.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    public static Roots Run(Roots roots, int rows, CancellationToken cancellation = default)
    {
        var g = new GraphBuilder();
        var settled = new HashSet<Node>();
        for (var round = 0; round < MostRounds; round++)
        {
            var next = Round(g, roots, rows, settled, cancellation);
            if (next.Zip(roots, (a, b) => ReferenceEquals(a.Node, b.Node)).All(same => same)) return next;
            roots = next;
        }
        throw new InvalidOperationException($"Simplify: not settled after {MostRounds} rounds.");
    }

    static Roots Round(GraphBuilder g, Roots roots, int rows, HashSet<Node> settled, CancellationToken cancellation)
    {
        var made = new Dictionary<Node, Node>();
        Node New(Node old) => settled.Contains(old) ? old : made[old];
        foreach (var node in Topology.Sort(roots.Select(r => r.Node), settled.Contains))
        {
            cancellation.ThrowIfCancellationRequested();
            var better = node.Op == Op.RowCount && rows > 0 ? g.Constant(rows) : Apply(g, g.Remake(node, [.. node.Inputs.Select(New)]));
            made[node] = better;
            if (better.Inputs.All(settled.Contains)) settled.Add(better);
        }
        return roots.Select(New);
    }

    static Node Apply(GraphBuilder g, Node node)
    {
        // A rule's result may match another rule at once; each one makes the node smaller or more canonical, so this ends.
        for (var i = 0; i < MostRewritings; i++)
        {
            if (Rewritten(g, node) is not { } better) return node;
            node = better;
        }
        throw new InvalidOperationException($"Simplify: rules rewrite {node} without end.");
    }

    static Node? Rewritten(GraphBuilder g, Node node)
    {
        foreach (var rule in Table)
            if (rule(g, node) is { } better && !ReferenceEquals(better, node)) return better;
        return null;
    }
}
