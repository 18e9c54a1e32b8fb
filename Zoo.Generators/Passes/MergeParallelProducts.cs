using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// Dense layers that read the same value become one product: x·W₁ + b₁ and x·W₂ + b₂ are column slices of x·[W₁ W₂] + [b₁ b₂]. The heads of an encoder
/// are the usual case. It runs on the networks, before any program is written, because every program shares the weights: the parameters become
/// column views of one storage.
/// </summary>
public static class MergeParallelProducts
{
    /// <summary>The networks over storages, and the storages. Each storage's optimiser is left 0.</summary>
    public static (IReadOnlyList<NetworkTrace> Networks, IReadOnlyList<Storage> Storages) Run(GraphBuilder g, ModelTrace trace, bool merge = true)
    {
        var order = Topology.Sort(trace.Networks.SelectMany(n => n.Outputs).Select(r => r.Node));
        var users = Topology.Users(order);
        var layers = merge ? order.Select(node => Match(node, users)).OfType<Layer>().ToList() : [];
        var parameters = trace.Parameters.ToDictionary(p => p.Name);
        var place = trace.Parameters.Select((p, i) => (p.Name, i)).ToDictionary(p => p.Name, p => p.i);
        var inputs = layers.ToDictionary(l => l.Result, l => l.Input);
        var merged = new Dictionary<Node, (string Weight, string? Bias, int Start, int Width, int Total)>();
        var storages = trace.Parameters.ToDictionary(p => p.Name, p => new Storage(p.Name, p.Shape, new([new StorageMember(p, 0)]), 0));
        foreach (var group in layers.GroupBy(l => (l.Input, HasBias: l.Bias is not null)).Where(group => group.Count() > 1))
        {
            var members = group.OrderBy(l => place[l.Weight.Name]).ToList();
            var total = members.Sum(l => l.Weight.Shape[1]);
            // Raw parameters have no layer to be named after and stay apart.
            if (members.Any(l => l.Weight.Name.Split('.').Length < 3 || l.Bias?.Name.Split('.').Length < 3)) continue;
            var (weight, bias) = (Join(members.Select(l => l.Weight.Name)), group.Key.HasBias ? Join(members.Select(l => l.Bias!.Name)) : null);
            // A layer that a user named like the joined pair keeps its name.
            while (storages.ContainsKey(weight) || (bias is not null && storages.ContainsKey(bias))) (weight, bias) = ("_" + weight, bias is null ? null : "_" + bias);
            var start = 0;
            var (weights, biases) = (new List<StorageMember>(), new List<StorageMember>());
            foreach (var layer in members)
            {
                var width = layer.Weight.Shape[1];
                merged[layer.Result] = (weight, bias, start, width, total);
                weights.Add(new(parameters[layer.Weight.Name], start));
                storages.Remove(layer.Weight.Name);
                if (layer.Bias is not null)
                {
                    biases.Add(new(parameters[layer.Bias.Name], start));
                    storages.Remove(layer.Bias.Name);
                }
                start += width;
            }
            storages[weight] = new(weight, members[0].Weight.Shape.With(1, total), new(weights), 0);
            if (bias is not null) storages[bias] = new(bias, new Shape(total), new(biases), 0);
        }

        Dictionary<Node, Node> imported = [];
        Node Import(Node root)
        {
            foreach (var node in Topology.Sort([root], imported.ContainsKey))
            {
                if (!merged.TryGetValue(node, out var part))
                {
                    imported[node] = g.Remake(node, [.. node.Inputs.Select(i => imported[i])]);
                    continue;
                }
                var input = imported[inputs[node]];
                var product = g.Affine(input, g.Parameter(part.Weight, new(input.Shape[0], part.Total)), part.Bias is null ? null : g.Parameter(part.Bias, new(part.Total)));
                imported[node] = g.Slice(product, 0, part.Start, part.Width);
            }
            return imported[root];
        }

        var networks = trace.Networks.Select(n => n with { Outputs = n.Outputs.Select(Import) }).ToList();
        var ordered = storages.Values.OrderBy(s => place[s.Members[0].Parameter]).ToList();
        return (networks, ordered);
    }

    sealed record Layer(Node Result, Node Input, Node Weight, Node? Bias);

    /// <summary>x·W or x·W + b, where W and b are used here only.</summary>
    static Layer? Match(Node node, Dictionary<Node, List<Node>> users)
    {
        bool IsOwn(Node parameter) => parameter.Op == Op.Parameter && users[parameter].Count == 1;
        bool IsProduct(Node n) => n.Op == Op.MatMul && n.Attributes is { TransposeA: false, TransposeB: false } && !n.Inputs[0].Type.IsShared && IsOwn(n.Inputs[1]);
        if (IsProduct(node) && !users[node].Any(u => u.Op == Op.Add)) return new(node, node.Inputs[0], node.Inputs[1], null);
        if (node.Op != Op.Add || !IsProduct(node.Inputs[0]) || users[node.Inputs[0]].Count != 1 || node.Inputs[1].Op != Op.Broadcast) return null;
        var bias = node.Inputs[1].Inputs[0];
        return bias.Shape.Rank == 1 && bias.Shape[0] == node.Shape[0] && IsOwn(bias) && users[node.Inputs[1]].Count == 1
            ? new(node, node.Inputs[0].Inputs[0], node.Inputs[0].Inputs[1], bias)
            : null;
    }

    /// <summary>encoder.dense2.weight and encoder.dense3.weight to encoder.dense2_dense3.weight.</summary>
    static string Join(IEnumerable<string> names)
    {
        var parts = names.Select(n => n.Split('.')).ToList();
        var layers = string.Join("_", parts.Select(p => string.Join(".", p.Skip(1).Take(p.Length - 2))));
        return $"{parts[0][0]}.{layers}.{parts[0][parts[0].Length - 1]}";
    }
}
