using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes.Rules;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>One rule: another node for the same value, or null where it does not apply. Operands are simplified already.</summary>
public delegate Node? RewriteRule(GraphBuilder g, Node node);

/// <summary>
/// Stage 4: rule tables to a fixed point. Common subexpressions are shared, and what no root reaches is gone, by construction.
/// </summary>
public static class Simplify
{
    /// <summary>All rules, in the order in which they are tried.</summary>
    public static readonly IReadOnlyList<RewriteRule> Table =
    [
        .. ConstantRules.Table, .. AlgebraRules.Table, .. StabilityRules.Table, .. StructureRules.Table, .. ReductionRules.Table,
        .. ProductRules.Table, .. StackRules.Table,
    ];

    /// <summary>
    /// Rewrites of one node at once, and rounds over the graph, after which a rule must be undoing another; programs take few of either.
    /// </summary>
    const int Fuel = 1000;

    public static ModelGraph Run(ModelGraph model) =>
        model with { Programs = new(model.Programs.Select(p => p with { Roots = Run(p.Roots, p.Rows) })) };

    public static Roots Run(Roots roots, int rows) => Run(roots, rows, Table);

    /// <param name="roots">The program.</param>
    /// <param name="rows">The literal batch, which then takes the place of <see cref="Op.RowCount"/>; or 0.</param>
    /// <param name="table">The rules.</param>
    public static Roots Run(Roots roots, int rows, IReadOnlyList<RewriteRule> table)
    {
        var last = "none";
        for (var round = 0; round < Fuel; round++)
        {
            var g = new GraphBuilder();
            var next = roots.Select(g.Rewriter((node, inputs) =>
            {
                if (node.Op == Op.RowCount && rows > 0) return g.Constant(rows);
                return Apply(g, g.Remake(node, inputs), table, ref last);
            }));
            if (next.Equals(roots)) return next;
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
