using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Names of values for people: after the layer that makes them where there is one, else after the op with an ordinal.</summary>
public sealed class NodeLabels
{
    static readonly string[] Kinds = [.. System.Enum.GetNames(typeof(Op)).Select(n => n.ToLowerInvariant())];

    readonly Dictionary<Node, string> labels;
    readonly HashSet<string> turned;

    public NodeLabels(ModelGraph model, ProgramGraph program, IReadOnlyList<Node> order)
    {
        labels = new(order.Count);
        turned = [.. model.Storages.Where(s => s.IsTurned).Select(s => s.Name)];
        var results = new HashSet<Node>(program.Results.Select(r => r.Node));
        foreach (var (name, node) in program.Results)
            if (!labels.ContainsKey(node)) labels[node] = name.Kind == ResultKind.Carried ? name.Name : name.ToString();
        var ordinals = new Dictionary<string, int>();
        foreach (var node in order)
        {
            if (labels.ContainsKey(node)) continue;
            if (node.Name.Length > 0) labels[node] = node.Name;
            else if (node.Op == Op.MatMul && Table(node).Op == Op.Parameter)
                labels[node] = Layer(Table(node).Name) + (IsForward(node) ? "" : ".input_gradient");
            else
            {
                var kind = Kinds[(int)node.Op];
                ordinals[kind] = ordinals.TryGetValue(kind, out var n) ? n + 1 : 1;
                labels[node] = kind + ordinals[kind].ToString(CultureInfo.InvariantCulture);
            }
        }
        foreach (var node in order)
        {
            // What a layer gives is what stays in memory: product, bias, activation.
            if (node.Op == Op.Add && LayerOf(node.Inputs[0]) is { } affine)
            {
                Rename(node.Inputs[0], affine + ".product");
                Rename(node, affine);
            }
            if (node.Op is Op.Relu or Op.Tanh or Op.Sigmoid or Op.Softplus or Op.Exp)
            {
                var source = node.Inputs[0].Op == Op.Add ? node.Inputs[0].Inputs[0] : node.Inputs[0];
                if (LayerOf(source) is { } layer) Rename(node, $"{layer}.{Kinds[(int)node.Op]}");
            }
            if (node.Op == Op.Add && node.Inputs.Any(i => i.Op == Op.Mul && i.Inputs.Any(f => f.Op == Op.Draw))) Rename(node, "z");
        }
        // The other factor of a weight's gradient is the gradient of the layer's output.
        foreach (var (name, node) in program.Results)
        {
            if (name is not { Kind: ResultKind.Gradient, Name: var storage }) continue;
            // Of a layer that labels go into, a part of the gradient.
            var part = node.Op == Op.Concat ? node.Inputs.FirstOrDefault(p => p.Op == Op.MatMul) ?? node : node;
            if (part is not { Op: Op.MatMul, Attributes.TransposeA: true }) continue;
            var upstream = part.Inputs[turned.Contains(storage) ? 0 : 1];
            while (upstream.Op.IsView()) upstream = upstream.Inputs[0];
            Rename(upstream, Layer(storage) + ".gradient");
        }

        // A layer that is called twice, a layer and a parameter of one name: a sentence must not say one name and mean two values.
        var used = new HashSet<string>(order.Where(n => n.Name.Length > 0 || results.Contains(n)).Select(n => labels[n]));
        var repeats = new Dictionary<string, int>();
        foreach (var node in order.Where(n => n.Name.Length == 0 && !results.Contains(n)))
        {
            var label = labels[node];
            while (!used.Add(labels[node]))
            {
                repeats[label] = repeats.TryGetValue(label, out var n) ? n + 1 : 2;
                labels[node] = $"{label}.{repeats[label].ToString(CultureInfo.InvariantCulture)}";
            }
        }

        void Rename(Node node, string label)
        {
            if (node.Name.Length == 0 && node.Op != Op.Constant && !results.Contains(node)) labels[node] = label;
        }

        // With labels in it a layer's product is one, and rows of the same weight.
        string? LayerOf(Node node) => node switch
        {
            { Op: Op.Add, Inputs: [var product, { Op: Op.Gather }] } => LayerOf(product),
            { Op: Op.Add, Inputs: [{ Op: Op.Gather }, var product] } => LayerOf(product),
            _ => IsForward(node) ? Layer(Table(node).Name) : null,
        };
    }

    /// <summary>Whether a node is a layer's product x·W, not one of its gradients.</summary>
    bool IsForward(Node node) =>
        node is { Op: Op.MatMul, Attributes.TransposeA: false } && Table(node).Op == Op.Parameter
        && node.Attributes.TransposeB == turned.Contains(Table(node).Name);

    /// <summary>The weight of a product; of one with a part of its rows, the whole.</summary>
    static Node Table(Node product) =>
        product.Inputs[1] is { Op: Op.Slice, Attributes.Axis: 0, Inputs: [var whole] } ? whole : product.Inputs[1];

    public string this[Node node] => labels.TryGetValue(node, out var label) ? label : Kinds[(int)node.Op];

    /// <summary>encoder.dense1.weight to encoder.dense1.</summary>
    public static string Layer(string parameter) =>
        parameter.LastIndexOf('.') is var dot && dot > 0 ? parameter.Substring(0, dot) : parameter;
}
