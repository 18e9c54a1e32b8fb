using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>
/// Decides which nodes share a kernel. Greedy in topological order: an elementwise node joins the kernel that holds one of its operands in registers,
/// and joins two such kernels to one, as long as no value would have to leave a kernel and come back. No expensive op is ever computed twice; cheap
/// one-operand ops (a mask, a sign, a constant factor) are computed wherever they are needed instead of being stored.
/// </summary>
sealed class GroupFormation
{
    readonly Dictionary<Node, FusionGroup> groups = [];
    readonly List<FusionGroup> all = [];
    readonly Dictionary<Node, List<Node>> users;
    readonly HashSet<Node> roots;

    /// <param name="order">The program in topological order.</param>
    /// <param name="users">Users of each node.</param>
    /// <param name="roots">Nodes whose value must be in memory.</param>
    /// <param name="fuse">False: every node is a kernel of its own, for tests that compare.</param>
    public GroupFormation(IReadOnlyList<Node> order, Dictionary<Node, List<Node>> users, HashSet<Node> roots, bool fuse)
    {
        (this.users, this.roots) = (users, roots);
        foreach (var node in order) Place(node, fuse);
        if (fuse) MergeSiblings();
    }

    /// <summary>The groups, each once, in order of creation.</summary>
    public IEnumerable<FusionGroup> Groups => all.Where(g => g.Representative == g);

    public FusionGroup? GroupOf(Node node) => groups.TryGetValue(node, out var group) ? group.Representative : null;

    /// <summary>A value in the registers of the group: a member, its product, or a cheap function of such or of memory.</summary>
    public bool IsMember(Node node, FusionGroup group) => GroupOf(node) == group && group.Alone is null;

    /// <summary>Computed again in each kernel that uses it.</summary>
    public bool IsInlined(Node node) => IsCheap(node) && !roots.Contains(node) && users[node].All(u => u.Op.IsElementwise());

    static bool IsCheap(Node node) => node.Op switch
    {
        Op.Neg or Op.Step or Op.Sign or Op.Abs or Op.Relu or Op.Clamp or Op.OneHot or Op.Gather => true,
        Op.Add or Op.Sub or Op.Mul or Op.Max or Op.Min or Op.Greater or Op.Equal => node.Inputs.Any(i => i.Op == Op.Constant),
        _ => false,
    };

    /// <summary>Without reshapes that only add or drop axes of size 1.</summary>
    public static Node Canonical(Node node)
    {
        while (node.Op == Op.Reshape && FusionGroup.Key(node.Type) == FusionGroup.Key(node.Inputs[0].Type)) node = node.Inputs[0];
        return node;
    }

    void Place(Node node, bool fuse)
    {
        if (node.Op.IsSource() && node.Op != Op.Draw || node.Op.IsView() || node.Op == Op.Broadcast) return;
        if (node.Op.IsElementwise() || node.Op.IsByLabel())
        {
            if (!IsInlined(node)) PlaceElementwise(node, fuse);
            return;
        }
        var group = new FusionGroup(all.Count, node.Type) { Alone = node.Op == Op.MatMul ? null : node };
        if (node.Op == Op.MatMul) group.Product = node;
        all.Add(group);
        groups[node] = group;
        foreach (var input in node.Inputs) DependOn(group, input);
    }

    void PlaceElementwise(Node node, bool fuse)
    {
        var key = FusionGroup.Key(node.Type);
        var (near, far) = (new List<FusionGroup>(), LabelsAndTables(node).SelectMany(Owners).ToList());
        foreach (var leaf in Leaves(node))
        {
            var inner = Canonical(leaf);
            if (fuse && GroupOf(inner) is { Alone: null } group && FusionGroup.Key(group.Type) == key) near.Add(group);
            else far.AddRange(Owners(leaf));
        }
        FusionGroup? home = null;
        foreach (var candidate in near.Except(LabelsAndTables(node).SelectMany(Owners)))
        {
            var others = far.Concat(near).Where(o => o != candidate).Distinct();
            if (home is null)
            {
                // What stays outside must not wait for the candidate; other near groups may yet be merged.
                if (!others.Any(o => o.Reaches(candidate))) home = candidate;
            }
            else if ((home.Product is null || candidate.Product is null) && !home.Reaches(candidate) && !candidate.Reaches(home)
                     && !others.Any(o => o != home && o.Reaches(candidate)))
            {
                home.Absorb(candidate);
            }
        }
        if (home is null) all.Add(home = new FusionGroup(all.Count, node.Type));
        home.Members.Add(node);
        groups[node] = home;
        foreach (var leaf in Leaves(node).Concat(LabelsAndTables(node))) DependOn(home, leaf);
    }

    /// <summary>Operands of a node that may be in registers, looking through what is computed in place.</summary>
    IEnumerable<Node> Leaves(Node node) =>
        node.Op.IsByLabel() ? [] : node.Inputs.SelectMany(i => IsInlined(Canonical(i)) ? Leaves(Canonical(i)) : [i]).Distinct();

    /// <summary>Operands of a node that are read by address, whoever holds a copy in registers.</summary>
    IEnumerable<Node> LabelsAndTables(Node node) => node.Op.IsByLabel()
        ? node.Inputs
        : node.Inputs.Select(Canonical).Where(IsInlined).SelectMany(LabelsAndTables).Distinct();

    void DependOn(FusionGroup group, Node operand)
    {
        foreach (var owner in Owners(operand)) group.DependsOn(owner);
    }

    /// <summary>Groups that must have run before the operand can be read.</summary>
    IEnumerable<FusionGroup> Owners(Node operand)
    {
        if (GroupOf(operand) is { } group) return [group];
        return operand.Op.IsSource() ? [] : operand.Inputs.SelectMany(Owners).Distinct();
    }

    /// <summary>Independent maps over one space that read a common value become one kernel.</summary>
    void MergeSiblings()
    {
        var maps = Groups.Where(g => g.Alone is null && g.Product is null).ToList();
        for (var i = 0; i < maps.Count; i++)
        {
            for (var j = i + 1; j < maps.Count; j++)
            {
                var (a, b) = (maps[i].Representative, maps[j].Representative);
                if (a == b || a != maps[i] || FusionGroup.Key(a.Type) != FusionGroup.Key(b.Type)) continue;
                if (!Sources(a).Overlaps(Sources(b)) || a.Reaches(b) || b.Reaches(a)) continue;
                a.Absorb(b);
            }
        }
    }

    HashSet<Node> Sources(FusionGroup group) => [.. group.Members.SelectMany(Leaves).Select(Base).Where(n => n.Op != Op.Constant && GroupOf(n) != group)];

    static Node Base(Node node)
    {
        while (node.Op.IsView() || node.Op == Op.Broadcast) node = node.Inputs[0];
        return node;
    }
}
