using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Structure;

/// <summary>
/// Sizes of a network's layers in their order: <c>784 → 400 → 2 × 20</c>. Layers side by side that differ stand in parentheses.
/// </summary>
static class LayerSizes
{
    public static string Of(ModelTrace trace, NetworkTrace network)
    {
        var prefix = Naming.SnakeCase(network.Name) + ".";
        var layers = trace.Layers.Where(l => l.Name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(l => l.Name);
        // How many layers lead to a node; of what is made of parameters alone, which layer has them.
        var (depths, owners) = (new Dictionary<Node, int>(), new Dictionary<Node, string>());
        var levels = new SortedDictionary<int, List<LayerTrace>>();
        foreach (var node in Topology.Sort(network.Outputs.Select(r => r.Node)))
        {
            var depth = node.Inputs.Select(i => depths[i]).DefaultIfEmpty().Max();
            if (node.Op == Op.Parameter && node.Name.LastIndexOf('.') is > 0 and var dot) owners[node] = node.Name.Substring(0, dot);
            else if (node.Inputs.Select(i => owners.TryGetValue(i, out var owner) ? owner : null).FirstOrDefault(o => o is not null)
                is { } of)
            {
                var isOfParameters = node.Inputs.All(i => owners.ContainsKey(i) || i.Op is Op.Constant or Op.State);
                if (isOfParameters) owners[node] = of;
                else if (node.Op == Op.MatMul && layers.TryGetValue(of, out var layer))
                {
                    depth++;
                    if (!levels.TryGetValue(depth, out var level)) levels[depth] = level = [];
                    if (!level.Contains(layer)) level.Add(layer);
                }
            }
            depths[node] = depth;
        }
        if (levels.Count == 0) return "no layers";
        return string.Join(" → ", levels.Values.Select(level => Sizes(level.Select(l => l.Output)))
            .Prepend(Sizes(levels.Values.First().Select(l => l.Input).Distinct())));
    }

    static string Sizes(IEnumerable<Shape> shapes)
    {
        var texts = shapes.Select(Size).GroupBy(size => size)
            .Select(same => same.Count() == 1 ? same.Key : $"{same.Count()} × {same.Key}").ToList();
        return texts.Count == 1 ? texts[0] : $"({string.Join(", ", texts)})";
    }

    /// <summary>A shape as a product: 1×28×28.</summary>
    public static string Size(Shape shape) => shape.Rank == 0 ? "1" : string.Join("×", shape.Dimensions);
}
