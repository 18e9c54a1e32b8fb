using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>
/// Keeps a map small enough for registers, a compiler's patience and a reader: a longer one is cut where the fewest values cross that would
/// not be stored anyway. The pieces follow each other, so that no two wait for each other; a product stays with the first.
/// </summary>
public static class MapBound
{
    public const int MostInstructions = 128;

    public static IEnumerable<FusionGroup> Cut(
        FusionGroup group, HashSet<Node> inPlace, HashSet<Node> roots, Dictionary<Node, List<Node>> users)
    {
        var members = group.Members;
        int AtMost(Node operand) => inPlace.Contains(FusionGroup.Canonical(operand)) ? 2 * Group.LongestChain : 1;
        if (members.Count <= 1 || members.Sum(m => 1 + m.Inputs.Sum(AtMost)) <= MostInstructions) return [group];
        var place = new Dictionary<Node, int>();
        for (var i = 0; i < members.Count; i++) place[members[i]] = i;
        if (Limit(members, 0, place, inPlace) == members.Count) return [group];
        var crossing = Crossing(members, place, inPlace, roots, users);
        var pieces = new List<FusionGroup>();
        var start = 0;
        while (start < members.Count)
        {
            var end = Limit(members, start, place, inPlace);
            if (end < members.Count)
            {
                var best = end;
                for (var i = end - 1; i > start + (end - start) / 2; i--)
                    if (crossing[i] < crossing[best]) best = i;
                end = best;
            }
            var product = start == 0 ? group.Product : null;
            pieces.Add(new(group.Type, product, null, [.. Enumerable.Range(start, end - start).Select(i => members[i])]));
            start = end;
        }
        return pieces;
    }

    /// <summary>
    /// The end of the longest run of members from <paramref name="start"/> on that is a map of at most the allowed instructions.
    /// </summary>
    static int Limit(IReadOnlyList<Node> members, int start, Dictionary<Node, int> place, HashSet<Node> inPlace)
    {
        var seen = new HashSet<Node>();
        void Visit(Node node)
        {
            if (!seen.Add(node)) return;
            var inner = FusionGroup.Canonical(node);
            var isComputed = inPlace.Contains(inner) || (place.TryGetValue(inner, out var p) && p >= start);
            if (isComputed) foreach (var input in inner.Inputs) Visit(input);
        }
        var end = start;
        for (; end < members.Count; end++)
        {
            Visit(members[end]);
            if (seen.Count > MostInstructions && end > start) return end;
        }
        return end;
    }

    /// <summary>
    /// For each place between members, how many values made before it are used behind it and have no other reason to be in memory.
    /// </summary>
    static int[] Crossing(IReadOnlyList<Node> members, Dictionary<Node, int> place, HashSet<Node> inPlace, HashSet<Node> roots,
        Dictionary<Node, List<Node>> users)
    {
        var change = new int[members.Count + 2];
        for (var i = 0; i < members.Count; i++)
        {
            var (last, isStored) = (i, roots.Contains(members[i]));
            var open = new Stack<Node>(users[members[i]]);
            while (open.Count > 0)
            {
                var user = open.Pop();
                if (place.TryGetValue(user, out var p)) last = System.Math.Max(last, p);
                else if (inPlace.Contains(user) || user.Op == Op.Reshape) foreach (var further in users[user]) open.Push(further);
                else isStored = true;
            }
            if (isStored) continue;
            change[i + 1]++;
            change[last + 1]--;
        }
        for (var i = 1; i < change.Length; i++) change[i] += change[i - 1];
        return change;
    }
}
