using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>A group while groups form.</summary>
public sealed class FormingGroup(TensorType type)
{
    FormingGroup? mergedInto;

    /// <summary>A type of the space.</summary>
    public TensorType Type { get; set; } = type;

    public Node? Product { get; set; }

    public Node? Alone { get; init; }

    public List<Node> Members { get; set; } = [];

    /// <summary>Place in the order of <see cref="GroupOrder"/>.</summary>
    public int Rank { get; set; }

    /// <summary>The last search that has looked at the group.</summary>
    public int SeenBy { get; set; }

    public HashSet<FormingGroup> Needs { get; set; } = [];

    public HashSet<FormingGroup> NeededBy { get; set; } = [];

    /// <summary>The group that this one has become a part of, or itself.</summary>
    public FormingGroup Representative
    {
        get
        {
            var last = this;
            while (last.mergedInto is { } next) last = next;
            for (var group = this; group.mergedInto is { } next; group = next) group.mergedInto = last;
            return last;
        }
        set => mergedInto = value;
    }
}

/// <summary>
/// Groups in an order in which each comes after those whose results it needs, kept while groups are added, joined and made to need each
/// other (Pearce and Kelly 2006, "A dynamic topological sort algorithm for directed acyclic graphs"). Whether a group needs another is then
/// a search among those whose rank lies between the two, which are few: what a node reads was made shortly before, or long before by a
/// group that is found at once because the search goes to the lowest rank first.
/// </summary>
public sealed class GroupOrder
{
    /// <summary>Groups after which a search gives up and says that there is a way: at worst a value goes through memory.</summary>
    const int Fuel = 2048;

    readonly List<FormingGroup> open = [];
    int next;
    int search;

    /// <summary>Groups and needs that searches have looked at: the work that must not grow faster than the program.</summary>
    public long Steps { get; private set; }

    public void Add(FormingGroup group) => group.Rank = next++;

    /// <summary>Whether a group needs a result of the other, directly or through further groups.</summary>
    public bool Reaches(FormingGroup from, FormingGroup to)
    {
        (from, to) = (from.Representative, to.Representative);
        if (from == to || from.Rank < to.Rank) return false;
        search++;
        open.Clear();
        open.Add(from);
        for (var seen = 0; open.Count > 0;)
        {
            var group = open[open.Count - 1];
            open.RemoveAt(open.Count - 1);
            if (group == to) return true;
            if (group.SeenBy == search) continue;
            group.SeenBy = search;
            Steps += 1 + group.Needs.Count;
            if (++seen > Fuel) return true;
            var first = open.Count;
            foreach (var need in group.Needs)
                if (need.Representative is var further && further != group && further.Rank >= to.Rank
                    && further.SeenBy != search)
                    open.Add(further);
            // The lowest is looked at first.
            if (open.Count - first > 1) open.Sort(first, open.Count - first, HighestFirst);
        }
        return false;
    }

    static readonly Comparer<FormingGroup> HighestFirst = Comparer<FormingGroup>.Create((a, b) => b.Rank.CompareTo(a.Rank));

    public bool IsNeeded(FormingGroup group) => Live(group, group.NeededBy).Any();

    /// <summary>States that a group needs a result of another; neither way round may it be so already.</summary>
    public void Need(FormingGroup user, FormingGroup operand)
    {
        (user, operand) = (user.Representative, operand.Representative);
        if (user == operand || !user.Needs.Add(operand)) return;
        operand.NeededBy.Add(user);
        if (operand.Rank > user.Rank) Reorder(user, operand);
    }

    /// <summary>Makes <paramref name="other"/> a part of <paramref name="group"/>; neither may need the other.</summary>
    public void Merge(FormingGroup group, FormingGroup other)
    {
        var (low, high) = group.Rank < other.Rank ? (group, other) : (other, group);
        // Afterwards the two are neighbours but for groups that need neither and that neither needs.
        Reorder(low, high);
        group.Rank = high.Rank;
        group.Members = Joined(group.Members, other.Members);
        group.Needs = Joined(group.Needs, other.Needs);
        group.NeededBy = Joined(group.NeededBy, other.NeededBy);
        other.Representative = group;
    }

    /// <summary>
    /// Moves <paramref name="low"/> and all that needs it behind <paramref name="high"/> and all that it needs, within the ranks between
    /// the two.
    /// </summary>
    void Reorder(FormingGroup low, FormingGroup high)
    {
        var before = Between(high, g => g.Needs, g => g.Rank >= low.Rank);
        var after = Between(low, g => g.NeededBy, g => g.Rank <= high.Rank);
        if (before.Contains(low) || after.Contains(high))
            throw new InvalidOperationException("Group: two groups would wait for each other.");
        List<FormingGroup> order = [.. before.OrderBy(g => g.Rank), .. after.OrderBy(g => g.Rank)];
        var ranks = order.Select(g => g.Rank).OrderBy(r => r).ToList();
        for (var i = 0; i < order.Count; i++) order[i].Rank = ranks[i];
    }

    HashSet<FormingGroup> Between(
        FormingGroup start, Func<FormingGroup, HashSet<FormingGroup>> neighbours, Func<FormingGroup, bool> isBetween)
    {
        var found = new HashSet<FormingGroup> { start };
        var open = new Stack<FormingGroup>(found);
        while (open.Count > 0)
        {
            var group = open.Pop();
            Steps += 1 + neighbours(group).Count;
            foreach (var further in Live(group, neighbours(group)))
                if (isBetween(further) && found.Add(further)) open.Push(further);
        }
        return found;
    }

    static IEnumerable<FormingGroup> Live(FormingGroup group, HashSet<FormingGroup> neighbours) =>
        neighbours.Select(n => n.Representative).Where(n => n != group);

    static HashSet<FormingGroup> Joined(HashSet<FormingGroup> a, HashSet<FormingGroup> b)
    {
        var (large, small) = a.Count >= b.Count ? (a, b) : (b, a);
        large.UnionWith(small);
        return large;
    }

    static List<Node> Joined(List<Node> a, List<Node> b)
    {
        var (large, small) = a.Count >= b.Count ? (a, b) : (b, a);
        large.AddRange(small);
        return large;
    }
}
