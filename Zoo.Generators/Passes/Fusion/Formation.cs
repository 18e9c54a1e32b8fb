using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>The groups of one program while they form: nodes are placed one after another, operands first.</summary>
/// <param name="inPlace">Nodes that are computed again in each kernel that uses them.</param>
/// <param name="absorbed">Nodes that lie nowhere: a product reads what they are made of, or makes what they become.</param>
/// <param name="nodes">How many there are.</param>
sealed class Formation(HashSet<Node> inPlace, HashSet<Node> absorbed, int nodes)
{
    /// <summary>Readers of a common value among which a map looks for another to join.</summary>
    const int NearReaders = 64;

    readonly GroupOrder order = new();
    readonly List<FormingGroup> all = [];
    readonly Dictionary<Node, FormingGroup> groups = new(nodes);
    readonly Dictionary<Node, FormingGroup[]> owners = [];
    readonly Dictionary<Node, Node[]> leaves = new(nodes);
    readonly bool hasLabels = inPlace.Any(n => n.Op.IsByLabel());

    /// <summary>Work of the searches for groups that need each other.</summary>
    public long Steps => order.Steps;

    public void Place(Node node, bool fuse)
    {
        if (node.Op.IsSource() && node.Op != Op.Draw || node.Op.IsView() || node.Op == Op.Broadcast || inPlace.Contains(node)
            || absorbed.Contains(node)) return;
        if (node.Op.IsElementwise() || node.Op.IsByLabel()) PlaceElementwise(node, fuse);
        else
        {
            var isProduct = node.Op == Op.MatMul || (node.Op == Op.WindowSum && absorbed.Contains(node.Inputs[0]));
            var group = Add(new(node.Type) { Alone = isProduct ? null : node, Product = isProduct ? node : null });
            groups[node] = group;
            foreach (var input in node.Inputs) Need(group, input);
        }
    }

    void PlaceElementwise(Node node, bool fuse)
    {
        var (near, far) = (new List<FormingGroup>(), LabelsAndTables(node).SelectMany(Owners).ToList());
        foreach (var leaf in Leaves(node))
        {
            if (fuse && GroupOf(FusionGroup.Canonical(leaf)) is { Alone: null } group
                && FusionGroup.SameSpace(group.Type, node.Type))
                near.Add(group);
            else far.AddRange(Owners(leaf));
        }
        FormingGroup? home = null;
        for (var i = 0; i < near.Count; i++)
        {
            var candidate = near[i];
            // A kernel cannot read from memory, as a slice say, what it has only in registers.
            if (near.IndexOf(candidate) < i || far.Contains(candidate)) continue;
            if (home is null)
            {
                // What stays outside must not wait for the candidate; other near groups may yet be merged.
                if (!DoOthersReach(candidate, null)) home = candidate;
            }
            else if ((home.Product is null || candidate.Product is null) && !order.Reaches(home, candidate)
                && !order.Reaches(candidate, home) && !DoOthersReach(candidate, home))
            {
                Merge(home, candidate);
            }
        }
        home ??= Add(new(node.Type));
        home.Members.Add(node);
        groups[node] = home;
        foreach (var leaf in Leaves(node)) Need(home, leaf);
        foreach (var read in LabelsAndTables(node)) Need(home, read);

        bool DoOthersReach(FormingGroup candidate, FormingGroup? except)
        {
            for (var i = 0; i < far.Count + near.Count; i++)
            {
                var other = (i < far.Count ? far[i] : near[i - far.Count]).Representative;
                if (other != candidate && other != except && order.Reaches(other, candidate)) return true;
            }
            return false;
        }
    }

    FormingGroup Add(FormingGroup group)
    {
        order.Add(group);
        all.Add(group);
        return group;
    }

    void Merge(FormingGroup group, FormingGroup other)
    {
        if (other.Product is not null) (group.Product, group.Type) = (other.Product, other.Type);
        order.Merge(group, other);
    }

    FormingGroup? GroupOf(Node node) => groups.TryGetValue(node, out var group) ? group.Representative : null;

    void Need(FormingGroup group, Node operand)
    {
        foreach (var owner in Owners(operand)) order.Need(group, owner);
    }

    /// <summary>Operands of a node that may be in registers, looking through what is computed in place.</summary>
    Node[] Leaves(Node node)
    {
        if (node.Op.IsByLabel()) return [];
        if (leaves.TryGetValue(node, out var known)) return known;
        var found = new List<Node>();
        for (var i = 0; i < node.Inputs.Count; i++)
        {
            var inner = FusionGroup.Canonical(node.Inputs[i]);
            if (!inPlace.Contains(inner)) Add(node.Inputs[i]);
            else foreach (var leaf in Leaves(inner)) Add(leaf);
        }
        return leaves[node] = [.. found];

        void Add(Node leaf)
        {
            if (!found.Contains(leaf)) found.Add(leaf);
        }
    }

    /// <summary>Operands of a node that are read by address, even where somebody has them in registers.</summary>
    IEnumerable<Node> LabelsAndTables(Node node)
    {
        if (node.Op.IsByLabel()) return node.Inputs;
        if (!hasLabels) return [];
        return node.Inputs.Select(FusionGroup.Canonical).Where(inPlace.Contains).SelectMany(LabelsAndTables).Distinct();
    }

    /// <summary>Groups that must have run before the operand can be read.</summary>
    FormingGroup[] Owners(Node operand)
    {
        if (GroupOf(operand) is { } group) return [group];
        if (operand.Op.IsSource()) return [];
        if (!owners.TryGetValue(operand, out var known)) owners[operand] = known = [.. operand.Inputs.SelectMany(Owners).Distinct()];
        return known;
    }

    /// <summary>Independent maps over one space that read a common value become one.</summary>
    public void MergeSiblings(CancellationToken cancellation)
    {
        var maps = all.Where(g => g.Representative == g && g.Alone is null && g.Product is null).ToList();
        var sources = maps.ToDictionary(m => m, Sources);
        var readers = new Dictionary<Node, List<int>>();
        for (var i = 0; i < maps.Count; i++)
            foreach (var source in sources[maps[i]])
            {
                if (!readers.TryGetValue(source, out var list)) readers[source] = list = [];
                list.Add(i);
            }

        for (var i = 0; i < maps.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var map = maps[i];
            if (map.Representative != map) continue;
            var candidates = new SortedSet<int>();
            Offer(candidates, sources[map], i);
            while (candidates.Count > 0)
            {
                var next = candidates.Min;
                candidates.Remove(next);
                var other = maps[next].Representative;
                if (other == map || !FusionGroup.SameSpace(map.Type, other.Type)
                    || map.Members.Count + other.Members.Count > MapBound.MostInstructions)
                    continue;
                if (order.Reaches(map, other) || order.Reaches(other, map)) continue;
                Merge(map, other);
                Offer(candidates, sources[other], next);
                sources[map].UnionWith(sources[other]);
            }
        }

        void Offer(SortedSet<int> candidates, HashSet<Node> common, int after)
        {
            foreach (var source in common)
            {
                var list = readers[source];
                var first = list.BinarySearch(after) is var found && found >= 0 ? found + 1 : ~found;
                for (var i = first; i < list.Count && i < first + NearReaders; i++) candidates.Add(list[i]);
            }
        }
    }

    /// <summary>
    /// Maps over one number that no other group needs become one: what is left of the losses when everything else has run.
    /// </summary>
    public void MergeTails()
    {
        FormingGroup? tail = null;
        foreach (var group in all)
        {
            var isTail = group.Representative == group && group.Alone is null && group.Product is null
                && group.Type is { IsShared: true, Shape.Count: 1 } && !order.IsNeeded(group);
            if (!isTail) continue;
            if (tail is null || tail.Members.Count + group.Members.Count > MapBound.MostInstructions) tail = group;
            else Merge(tail, group);
        }
    }

    HashSet<Node> Sources(FormingGroup group) =>
        [.. group.Members.SelectMany(Leaves).Select(Base).Where(n => n.Op != Op.Constant && GroupOf(n) != group)];

    static Node Base(Node node)
    {
        while (node.Op.IsView() || node.Op == Op.Broadcast) node = node.Inputs[0];
        return node;
    }

    /// <summary>
    /// What has formed, in order of creation, with the members of each in topological order and none larger than a map may be.
    /// </summary>
    public List<FusionGroup> Groups(IReadOnlyList<Node> topological, HashSet<Node> roots, Dictionary<Node, List<Node>> users)
    {
        var members = all.Where(g => g.Representative == g).ToDictionary(g => g, _ => new List<Node>());
        foreach (var node in topological)
            if ((node.Op.IsElementwise() || node.Op.IsByLabel()) && GroupOf(node) is { } group) members[group].Add(node);
        return [.. all.Where(g => g.Representative == g)
            .SelectMany(g => MapBound.Cut(new(g.Type, g.Product, g.Alone, members[g]), inPlace, roots, users))];
    }
}
