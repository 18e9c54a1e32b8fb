using System.Collections.Generic;

namespace Zoo.Generators.Graphs;

/// <summary>Orders of a graph.</summary>
public static class Topology
{
    /// <summary>All nodes reachable from the roots, operands before users; a function of the structure only. Iterative: graphs may be deep.</summary>
    public static List<Node> Sort(IEnumerable<Node> roots)
    {
        var order = new List<Node>();
        var seen = new HashSet<Node>();
        var stack = new Stack<(Node Node, int Next)>();
        foreach (var root in roots)
        {
            if (!seen.Add(root)) continue;
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
                if (seen.Add(node.Inputs[next])) stack.Push((node.Inputs[next], 0));
            }
        }
        return order;
    }

    /// <summary>Users of each node among those reachable from the roots.</summary>
    public static Dictionary<Node, List<Node>> Users(IEnumerable<Node> order)
    {
        var users = new Dictionary<Node, List<Node>>();
        foreach (var node in order)
        {
            if (!users.ContainsKey(node)) users[node] = [];
            foreach (var input in node.Inputs)
                if (!users[input].Contains(node)) users[input].Add(node);
        }
        return users;
    }
}
