using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes.Rules;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>One rewriting rule: another node for the same value, or null where it does not apply. Operands are simplified already.</summary>
public delegate Node? RewriteRule(GraphBuilder g, Node node);

/// <summary>
/// Stage 4: rule tables to a fixed point. Common subexpressions are shared by construction and what no root reaches is gone by construction.
/// </summary>
public static class Simplify
{
    static readonly RewriteRule[] Table =
    [
        .. ConstantRules.Table, .. AlgebraRules.Table, .. StabilityRules.Table, .. StructureRules.Table,
        .. ReductionRules.Table, .. GatherRules.Table,
    ];

    public static ModelGraph Run(ModelGraph model) => model with { Programs = new(model.Programs.Select(p => p with { Roots = Run(p.Roots, p.Rows) })) };

    /// <param name="roots">The program.</param>
    /// <param name="rows">The literal batch, which then takes the place of <see cref="Op.RowCount"/>; or 0.</param>
    public static Roots Run(Roots roots, int rows)
    {
        while (true)
        {
            var g = new GraphBuilder();
            var next = roots.Select(g.Rewriter((node, inputs) =>
            {
                if (node.Op == Op.RowCount && rows > 0) return g.Constant(rows);
                return Apply(g, g.Remake(node, inputs));
            }));
            if (next.Equals(roots)) return next;
            roots = next;
        }
    }

    static Node Apply(GraphBuilder g, Node node)
    {
        // A rule's result may match another rule at once; each one makes the node smaller or more canonical, so this ends.
        for (var again = true; again;)
        {
            again = false;
            foreach (var rule in Table)
            {
                if (rule(g, node) is not { } better || ReferenceEquals(better, node)) continue;
                node = better;
                again = true;
                break;
            }
        }
        return node;
    }
}
