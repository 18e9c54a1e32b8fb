using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Differentiation;

/// <summary>
/// Reverse mode. Rules return IR, so a gradient can be differentiated again. The seed is 1 for every row: the result is the gradient of the
/// sum of the root over the batch and over its elements.
/// </summary>
public static class Gradients
{
    /// <summary>
    /// ∂(Σ root)/∂target for each target, through other targets too; a zero constant where the root does not depend on it.
    /// </summary>
    public static IReadOnlyList<Node> Of(GraphBuilder g, Node root, IReadOnlyList<Node> targets, CancellationToken cancellation = default)
    {
        var order = Topology.Sort([root]);
        var wanted = Dependents(order, targets);
        var sums = new Dictionary<Node, Node> { [root] = g.Constant(1, root.Type) };
        for (var i = order.Count - 1; i >= 0; i--)
        {
            cancellation.ThrowIfCancellationRequested();
            var node = order[i];
            if (!wanted.Contains(node) || !sums.TryGetValue(node, out var upstream)) continue;
            for (var input = 0; input < node.Inputs.Count; input++)
            {
                var operand = node.Inputs[input];
                if (!wanted.Contains(operand) || Rule(g, node, upstream, input) is not { } part) continue;
                sums[operand] = sums.TryGetValue(operand, out var sum) ? g.Add(sum, part) : part;
            }
        }
        return [.. targets.Select(t => sums.TryGetValue(t, out var sum) ? sum : g.Constant(0, t.Type))];
    }

    /// <summary>The nodes through which a target reaches the root.</summary>
    static HashSet<Node> Dependents(IEnumerable<Node> order, IReadOnlyList<Node> targets)
    {
        var reached = new HashSet<Node>(targets);
        foreach (var node in order)
            if (node.Inputs.Any(reached.Contains)) reached.Add(node);
        return reached;
    }

    static Node? Rule(GraphBuilder g, Node node, Node upstream, int input) => node.Op switch
    {
        _ when node.Op.IsUnary() => UnaryRules.Apply(g, node, upstream),
        _ when node.Op.IsBinary() || node.Op == Op.Select => BinaryRules.Apply(g, node, upstream, input),
        Op.Broadcast or Op.Reshape or Op.Slice or Op.Concat or Op.Permute or Op.Windows or Op.WindowSum =>
            MovementRules.Apply(g, node, upstream, input),
        Op.Sum or Op.ReduceMax => ReductionRules.Apply(g, node, upstream),
        Op.MatMul or Op.BatchMatMul => ContractionRules.Apply(g, node, upstream, input),
        Op.OneHot or Op.Gather or Op.Scatter => LabelRules.Apply(g, node, upstream, input),
        _ => null,
    };
}
