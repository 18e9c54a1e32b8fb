using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>A program whose nodes know which kernel they belong to.</summary>
/// <param name="Program">The program.</param>
/// <param name="Order">Its nodes, operands first.</param>
/// <param name="InPlace">Nodes that are computed again in each kernel that uses them.</param>
/// <param name="Absorbed">Windows that lie nowhere: a product reads the image, or makes it.</param>
/// <param name="Groups">In order of their first node.</param>
/// <param name="Steps">Work that finding them took, for a test that it grows with the program.</param>
public sealed record Grouping(
    ProgramGraph Program, IReadOnlyList<Node> Order, HashSet<Node> InPlace, HashSet<Node> Absorbed,
    IReadOnlyList<FusionGroup> Groups, long Steps)
{
    readonly Dictionary<Node, FusionGroup> groups = ByNode(Groups, Order.Count);

    /// <summary>The group that makes a node; null for sources, views and what is computed in place.</summary>
    public FusionGroup? GroupOf(Node node) => groups.TryGetValue(node, out var group) ? group : null;

    /// <summary>Whether the group has a node in registers, or computes it there.</summary>
    public bool IsComputedIn(Node node, FusionGroup group) => InPlace.Contains(node) || (group.Alone is null && GroupOf(node) == group);

    static Dictionary<Node, FusionGroup> ByNode(IReadOnlyList<FusionGroup> groups, int nodes)
    {
        var found = new Dictionary<Node, FusionGroup>(nodes);
        foreach (var group in groups)
            foreach (var node in Nodes(group)) found.Add(node, group);
        return found;
    }

    static IEnumerable<Node> Nodes(FusionGroup group) => new[] { group.Product, group.Alone }.OfType<Node>().Concat(group.Members);

    /// <summary>Groups with the numbers that the graph's own text gives the nodes.</summary>
    public override string ToString()
    {
        var number = Order.Select((node, i) => (node, i)).ToDictionary(p => p.node, p => p.i);
        string Name(Node node) => $"%{number[node].ToString(CultureInfo.InvariantCulture)} {node.Op}";
        var text = new StringBuilder($"program {Program.Name}\n");
        for (var i = 0; i < Groups.Count; i++)
        {
            var group = Groups[i];
            text.Append($"  group {i.ToString(CultureInfo.InvariantCulture)} over {group.Type}:");
            if (group.Alone is not null) text.Append($" alone {Name(group.Alone)}");
            if (group.Product is not null) text.Append($" product {Name(group.Product)}");
            if (group.Product is not null && group.Members.Count > 0) text.Append(';');
            if (group.Members.Count > 0) text.Append($" {string.Join(", ", group.Members.Select(Name))}");
            text.Append('\n');
        }
        if (InPlace.Count > 0) text.Append($"  in place: {string.Join(", ", Order.Where(InPlace.Contains).Select(Name))}\n");
        return text.ToString();
    }
}
