using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// Dense layers that read the same values become one product: x·W₁ + b₁ and x·W₂ + b₂ are column slices of x·[W₁ W₂] + [b₁ b₂]. The heads
/// of an encoder are the usual case. It runs on networks and own losses, before any program is written, because every program shares the
/// weights: the parameters become column views of one storage.
/// <para>before: mean = x·W₁ + b₁; log_variance = x·W₂ + b₂</para>
/// <para>after: h = x·W + b; mean = Slice(h, 0 … k₁); log_variance = Slice(h, k₁ … k₁ + k₂)</para>
/// <para>Invariant: layers join only where they read the same values wherever they occur, nothing else uses their weights, and the same
/// phases train them by the same optimisers. Missed: layers that meet at some of their inputs only.</para>
/// </summary>
public static class MergeParallelProducts
{
    /// <summary>The networks and own losses over storages, and the storages.</summary>
    public static (IReadOnlyList<NetworkTrace> Networks, IReadOnlyList<PhaseTrace> Phases, IReadOnlyList<Storage> Storages) Run(
        GraphBuilder g, ModelTrace trace, IReadOnlyDictionary<string, EquatableArray<int>> trainers, bool merge = true)
    {
        // In one graph, since a weight may occur in several networks and losses.
        var whole = new GraphBuilder();
        var import = whole.Importer(_ => null);
        var networks = trace.Networks.Select(n => n with
            {
                Outputs = n.Outputs.Select(import), Inference = n.Inference.Select(import), Next = n.Next.Select(import),
            })
            .ToList();
        var phases = trace.Phases.Select(p => p with
            {
                Outputs = p.Outputs.Select(import), Inference = p.Inference.Select(import), Next = p.Next.Select(import),
                Calls = Calls(p, import),
            })
            .ToList();
        var roots = networks.SelectMany(n => n.Outputs.Concat(n.Inference).Concat(n.Next))
            .Concat(phases.SelectMany(p => p.Outputs.Concat(p.Inference).Concat(p.Next)));
        var order = Topology.Sort(roots.Select(r => r.Node));
        var ordinals = trace.Parameters.Select((p, i) => (p.Name, i)).ToDictionary(p => p.Name, p => p.i);
        var parameters = trace.Parameters.ToDictionary(p => p.Name);
        var storages = trace.Parameters.ToDictionary(p => p.Name,
            p => new Storage(p.Name, p.Shape, new([new StorageMember(p, 0)]), trainers[p.Name]));
        var places = new Dictionary<Node, Place>();
        if (merge)
            foreach (var group in Groups(order, trainers)) Join([.. group.OrderBy(l => ordinals[l.Weight])], parameters, storages, places);

        var rewrite = g.Rewriter((node, inputs) =>
        {
            if (!places.TryGetValue(node, out var place)) return null;
            // The layer's product is x·W, or the first operand of x·W + b; either way its operands are rewritten by now.
            var (x, width) = (inputs[0].Op == Op.MatMul && place.Bias is not null ? inputs[0].Inputs[0] : inputs[0], place.Total);
            var bias = place.Bias is null ? null : g.Parameter(place.Bias, new(width));
            return g.Slice(g.Affine(x, g.Parameter(place.Weight, new(x.Shape[0], width)), bias), 0, place.Start, node.Shape[0]);
        });
        return (
            [.. networks.Select(n => n with
            {
                Outputs = n.Outputs.Select(rewrite), Inference = n.Inference.Select(rewrite), Next = n.Next.Select(rewrite),
            })],
            [.. phases.Select(p => p with
            {
                Outputs = p.Outputs.Select(rewrite), Inference = p.Inference.Select(rewrite), Next = p.Next.Select(rewrite),
                Calls = Calls(p, rewrite),
            })],
            [.. storages.Values.OrderBy(s => ordinals[s.Members[0].Parameter])]);
    }

    static EquatableArray<CallTrace> Calls(PhaseTrace phase, Func<Node, Node> change) =>
        new(phase.Calls.Select(c => c with { Operands = c.Operands.Select(change), Results = c.Results.Select(change) }));

    /// <summary>A dense layer wherever it occurs.</summary>
    /// <param name="Weight">Its weight.</param>
    /// <param name="Bias">Its bias, or null.</param>
    /// <param name="Results">What it gives, by what it reads.</param>
    sealed record Layer(string Weight, string? Bias, IReadOnlyDictionary<Node, Node> Results);

    /// <summary>Where a layer's result lies in the joined product.</summary>
    sealed record Place(string Weight, string? Bias, int Start, int Total);

    /// <summary>Layers that may join.</summary>
    static IEnumerable<IReadOnlyList<Layer>> Groups(IReadOnlyList<Node> order, IReadOnlyDictionary<string, EquatableArray<int>> trainers)
    {
        var users = Topology.Users(order);
        var groups = new List<List<Layer>>();
        var byInput = new Dictionary<Node, List<List<Layer>>>();
        foreach (var layer in order.Where(n => n.Op == Op.Parameter).Select(n => Match(n, users)).OfType<Layer>())
        {
            // Raw parameters have no layer to be named after and stay apart.
            if (!IsOfLayer(layer.Weight) || (layer.Bias is { } bias && !IsOfLayer(bias))) continue;
            var first = layer.Results.Keys.First();
            if (!byInput.TryGetValue(first, out var candidates)) byInput[first] = candidates = [];
            if (candidates.FirstOrDefault(c => Fits(c[0], layer)) is { } group) group.Add(layer);
            else
            {
                groups.Add([layer]);
                candidates.Add(groups[groups.Count - 1]);
            }
        }
        return groups.Where(g => g.Count > 1);

        bool Fits(Layer a, Layer b) =>
            a.Results.Count == b.Results.Count && a.Results.Keys.All(b.Results.ContainsKey) && a.Bias is null == b.Bias is null
            && trainers[a.Weight].Equals(trainers[b.Weight]) && (a.Bias is null || trainers[a.Bias].Equals(trainers[b.Bias!]));
    }

    static bool IsOfLayer(string parameter) => parameter.Split('.').Length >= 3;

    /// <summary>The layer that a weight belongs to, if all that uses it is x·W, or x·W + b with one b that nothing else uses.</summary>
    static Layer? Match(Node weight, Dictionary<Node, List<Node>> users)
    {
        if (weight.Shape.Rank != 2) return null;
        var results = new Dictionary<Node, Node>();
        Node? bias = null;
        foreach (var product in users[weight])
        {
            if (product is not { Op: Op.MatMul, Attributes: { TransposeA: false, TransposeB: false } } || product.Inputs[0].Type.IsShared
                || product.Inputs[1] != weight) return null;
            var result = product;
            if (users[product].Any(u => u.Op == Op.Add))
            {
                if (users[product] is not [{ Inputs: [var left, { Op: Op.Broadcast } spread] } sum] || left != product) return null;
                var added = spread.Inputs[0];
                if (added is not { Op: Op.Parameter, Shape.Rank: 1 } || added.Shape[0] != product.Shape[0]
                    || (results.Count > 0 && bias != added)) return null;
                (bias, result) = (added, sum);
            }
            else if (bias is not null) return null;
            results[product.Inputs[0]] = result;
        }
        if (results.Count == 0 || (bias is not null && !users[bias].All(b => b.Op == Op.Broadcast && users[b].All(results.ContainsValue))))
            return null;
        return new(weight.Name, bias?.Name, results);
    }

    static void Join(
        IReadOnlyList<Layer> layers, IReadOnlyDictionary<string, ParameterTrace> parameters, Dictionary<string, Storage> storages,
        Dictionary<Node, Place> places)
    {
        var total = layers.Sum(l => parameters[l.Weight].Shape[1]);
        var (weight, bias) = (Name(layers.Select(l => l.Weight)), layers[0].Bias is null ? null : Name(layers.Select(l => l.Bias!)));
        // A layer that a user named like the joined pair keeps its name.
        while (storages.ContainsKey(weight)
            || (bias is not null && storages.ContainsKey(bias))) (weight, bias) = ("_" + weight, bias is null ? null : "_" + bias);
        var start = 0;
        var (weights, biases) = (new List<StorageMember>(), new List<StorageMember>());
        var (ofWeight, ofBias) = (storages[layers[0].Weight].Trainers, layers[0].Bias is { } b ? storages[b].Trainers : default);
        foreach (var layer in layers)
        {
            foreach (var result in layer.Results.Values) places[result] = new(weight, bias, start, total);
            weights.Add(new(parameters[layer.Weight], start));
            storages.Remove(layer.Weight);
            if (layer.Bias is { } own)
            {
                biases.Add(new(parameters[own], start));
                storages.Remove(own);
            }
            start += parameters[layer.Weight].Shape[1];
        }
        storages[weight] = new(weight, parameters[layers[0].Weight].Shape.With(1, total), new(weights), ofWeight);
        if (bias is not null) storages[bias] = new(bias, new Shape(total), new(biases), ofBias);
    }

    /// <summary>encoder.dense2.weight and encoder.dense3.weight to encoder.dense2_dense3.weight.</summary>
    static string Name(IEnumerable<string> names)
    {
        var parts = names.Select(n => n.Split('.')).ToList();
        var layers = string.Join("_", parts.Select(p => string.Join(".", p.Skip(1).Take(p.Length - 2))));
        return $"{parts[0][0]}.{layers}.{parts[0][parts[0].Length - 1]}";
    }
}
