using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes.Rules;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>One rule: another node for the same value, or null where it does not apply. Operands are simplified already.</summary>
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
/// was there. <see cref="ReuseProducts"/> looks at products so, once no rule applies.</para>
/// </remarks>
public static class Simplify
{
    /// <summary>All rules, in the order in which they are tried.</summary>
    public static readonly IReadOnlyList<RewriteRule> Table =
    [
        .. ConstantRules.Table, .. AlgebraRules.Table, .. StabilityRules.Table, .. StructureRules.Table, .. ReductionRules.Table,
        .. LayoutRules.Table, .. WindowRules.Table, .. GatherRules.Table, .. ProductRules.Table, .. StackRules.Table,
    ];

    /// <summary>
    /// Rewrites of one node at once, and rounds over the graph, after which a rule must be undoing another; programs take few of either.
    /// </summary>
    const int Fuel = 1000;

    public static ModelGraph Run(ModelGraph model, CancellationToken cancellation = default)
    {
        var programs = model.Programs.Select(p => p with { Results = ReuseProducts.Run(Run(p.Results, p.Rows, null, cancellation)) });
        return model with { Programs = new(programs) };
    }

    /// <param name="roots">The program.</param>
    /// <param name="rows">The literal batch, which then takes the place of <see cref="Op.RowCount"/>; or 0.</param>
    /// <param name="table">The rules; all of them where null.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    public static Roots<TName> Run<TName>(
        Roots<TName> roots, int rows, IReadOnlyList<RewriteRule>? table = null, CancellationToken cancellation = default)
        where TName : IEquatable<TName>
    {
        var (g, settled, last) = (new GraphBuilder(), new HashSet<Node>(), "none");
        // Also where a rule leaves nothing but the count.
        Node Counted(Node node) => node.Op == Op.RowCount && rows > 0 ? g.Constant(rows) : node;
        for (var round = 0; round < Fuel; round++)
        {
            var made = new Dictionary<Node, Node>();
            Node New(Node old) => settled.Contains(old) ? old : made[old];
            foreach (var node in Topology.Sort(roots.Select(r => r.Node), settled.Contains))
            {
                cancellation.ThrowIfCancellationRequested();
                var better = Counted(Apply(g, Counted(g.Remake(node, [.. node.Inputs.Select(New)])), table ?? Table, ref last));
                made[node] = better;
                if (better.Inputs.All(settled.Contains)) settled.Add(better);
            }
            var next = roots.Select(New);
            if (next.Zip(roots, (a, b) => ReferenceEquals(a.Node, b.Node)).All(same => same)) return next;
            roots = next;
        }
        throw Endless(last);
    }

    /// <summary>A rule's result may match another rule at once; each one makes the node smaller or more canonical, so this ends.</summary>
    static Node Apply(GraphBuilder g, Node node, IReadOnlyList<RewriteRule> table, ref string last)
    {
        for (var step = 0; step < Fuel; step++)
        {
            if (First(g, node, table, ref last) is not { } better) return node;
            node = better;
        }
        throw Endless(last);
    }

    static Node? First(GraphBuilder g, Node node, IReadOnlyList<RewriteRule> table, ref string last)
    {
        foreach (var rule in table)
        {
            if (rule(g, node) is not { } better || ReferenceEquals(better, node)) continue;
            last = rule.Method.Name;
            return better;
        }
        return null;
    }

    static InvalidOperationException Endless(string rule) =>
        new($"Simplification does not end: {rule} was still rewriting after {Fuel} rounds.");
}
