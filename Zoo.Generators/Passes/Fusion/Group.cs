using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Stage 6, first part: which nodes share a kernel.</summary>
/// <remarks>
/// <code>
/// %3 = MatMul(%0, %1)
/// %4 = Add(%3, %2)         →    group 0: product %3; %4 Add, %5 Tanh
/// %5 = Tanh(%4)
/// %6 = Sum(%5)                  group 1: alone %6 Sum
/// </code>
/// Greedy in topological order: an elementwise node joins the group that holds one of its operands in registers, and joins two such groups
/// to one. Maps over one space that read a common value become one at the end, and so do all maps over one number that nothing waits for:
/// the losses. Afterwards every node that is neither a source, a view nor computed in place is in exactly one group, no two groups need
/// each other, and a group has at most one product. No expensive op is computed twice; cheap one-operand ops (a mask, a sign, a square, a
/// constant factor) are computed wherever they are needed instead of being stored, and so are one-hot rows and rows of a table, which every
/// kernel can find by the label.
/// <para>
/// Missed: a node that could join a group made later; which of two groups to join is decided by the order of operands, not by what it
/// saves; maps with a common value are joined only if there are few readers of it between them.
/// </para>
/// </remarks>
public static class Group
{
    /// <param name="program">Simplified.</param>
    /// <param name="fuse">False: every node is a kernel of its own, for tests that compare.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    public static Grouping Run(ProgramGraph program, bool fuse = true, CancellationToken cancellation = default)
    {
        var order = Topology.Sort(program.Results.Select(r => r.Node));
        var users = Topology.Users(order);
        var roots = new HashSet<Node>(program.Results.Select(r => Linear(r.Node)));
        var inPlace = InPlace(order, users, roots);
        var absorbed = Absorbed(order, users, roots);
        var formation = new Formation(inPlace, absorbed, order.Count);
        foreach (var node in order)
        {
            cancellation.ThrowIfCancellationRequested();
            formation.Place(node, fuse);
        }
        if (fuse) formation.MergeSiblings(cancellation);
        if (fuse) formation.MergeTails();
        return new(program, order, inPlace, absorbed, formation.Groups(order, roots, users), formation.Steps);
    }

    /// <summary>
    /// Nodes that lie nowhere because a product reads or makes them on the way: windows that only products multiply from the left, and
    /// products of which only sums of windows are wanted.
    /// </summary>
    static HashSet<Node> Absorbed(IReadOnlyList<Node> order, Dictionary<Node, List<Node>> users, HashSet<Node> roots)
    {
        var found = new HashSet<Node>();
        foreach (var node in order)
        {
            var isAbsorbed = node.Op switch
            {
                Op.Windows => users[node].All(u => u.Op == Op.MatMul && u.Inputs[0] == node && u.Inputs[1] != node),
                Op.MatMul => !node.Attributes.TransposeA && users[node] is [{ Op: Op.WindowSum }] && !found.Contains(node.Inputs[0])
                    && node.Inputs[0].Op != Op.Windows,
                _ => false,
            };
            if (isAbsorbed && !roots.Contains(node)) found.Add(node);
        }
        return found;
    }

    /// <summary>Without reshapes: the node with the same elements in the same order.</summary>
    public static Node Linear(Node node)
    {
        while (node.Op == Op.Reshape) node = node.Inputs[0];
        return node;
    }

    /// <summary>
    /// Nodes that are computed again in each kernel that uses them: cheap ones that only elementwise nodes use, in chains that stay cheap.
    /// </summary>
    static HashSet<Node> InPlace(IEnumerable<Node> order, Dictionary<Node, List<Node>> users, HashSet<Node> roots)
    {
        var depth = new Dictionary<Node, int>();
        foreach (var node in order)
        {
            if (!IsCheap(node) || roots.Contains(node) || !users[node].All(u => u.Op.IsElementwise())) continue;
            var below = node.Op.IsByLabel() ? 0 : node.Inputs.Max(i => depth.TryGetValue(FusionGroup.Canonical(i), out var d) ? d : 0);
            if (below < LongestChain) depth[node] = below + 1;
        }
        return [.. depth.Keys];
    }

    /// <summary>Cheap nodes one behind the other that are still cheap to compute again.</summary>
    public const int LongestChain = 16;

    static bool IsCheap(Node node) => node.Op switch
    {
        Op.Neg or Op.Step or Op.Sign or Op.Abs or Op.Relu or Op.Clamp or Op.Square or Op.OneHot or Op.Gather => true,
        Op.Add or Op.Sub or Op.Mul or Op.Max or Op.Min or Op.Greater or Op.Equal => node.Inputs.Any(i => i.Op == Op.Constant),
        _ => false,
    };
}
