using System;
using System.Collections.Generic;

namespace Zoo.Generators.Graphs;

/// <summary>Orders of a graph.</summary>
public static class Topology
{
    /// <summary>
    /// All nodes reachable from the roots, operands before users; a function of the structure only. Iterative: graphs may be deep.
    /// </summary>
    /// <param name="roots">Where to start.</param>
    /// <param name="isDone">
    /// Nodes that are left out together with all that only they need: what a walk before this one has dealt with.
    /// </param>
    public static List<Node> Sort(IEnumerable<Node> roots, Func<Node, bool>? isDone = null)
    {
        var order = new List<Node>();
        var seen = new HashSet<Node>();
        var stack = new Stack<(Node Node, int Next)>();
        bool IsNew(Node node) => isDone?.Invoke(node) != true && seen.Add(node);
        foreach (var root in roots)
        {
            if (!IsNew(root)) continue;
            stack.Push((root, 0));
            while (stack.Count > 0)
            {
                var (node, next) = stack.Pop();
                if (next == node.Inputs.Count)
                {
                    order.Add(node);
                    continue;
                }
                stack.Push((node, next + 1));
                if (IsNew(node.Inputs[next])) stack.Push((node.Inputs[next], 0));
            }
        }
        return order;
    }

    /// <summary>Users of each node among those reachable from the roots.</summary>
    public static Dictionary<Node, List<Node>> Users(IReadOnlyCollection<Node> order)
    {
        var users = new Dictionary<Node, List<Node>>(order.Count);
        foreach (var node in order)
        {
            if (!users.ContainsKey(node)) users[node] = [];
            for (var i = 0; i < node.Inputs.Count; i++)
            {
                var input = node.Inputs[i];
                // Nodes come one after another, so a user that is there already is the last.
                var list = users[input];
                if (list.Count == 0 || list[list.Count - 1] != node) list.Add(node);
            }
        }
        return users;
    }
}
