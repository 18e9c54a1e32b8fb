using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Names of values for people: after the layer that makes them where there is one, else after the op with an ordinal.</summary>
sealed class NodeLabels
{
    readonly Dictionary<Node, string> labels = [];

    public NodeLabels(ModelGraph model, ProgramGraph program, IReadOnlyList<Node> order)
    {
        foreach (var (name, node) in program.Roots)
            if (!labels.ContainsKey(node)) labels[node] = name;
        var ordinals = new Dictionary<string, int>();
        foreach (var node in order)
        {
            if (labels.ContainsKey(node)) continue;
            if (node.Name.Length > 0) labels[node] = node.Name;
            else if (node.Op == Op.MatMul && node.Inputs[1].Op == Op.Parameter) labels[node] = Layer(node.Inputs[1].Name) + (node.Attributes.TransposeB ? ".input_gradient" : "");
            else
            {
                var kind = node.Op.ToString().ToLowerInvariant();
                ordinals[kind] = ordinals.TryGetValue(kind, out var n) ? n + 1 : 1;
                labels[node] = kind + ordinals[kind].ToString(CultureInfo.InvariantCulture);
            }
        }
        // The activation after a layer carries the layer's name: it is what stays in memory.
        foreach (var node in order.Where(n => n.Op is Op.Relu or Op.Tanh or Op.Sigmoid or Op.Softplus))
        {
            var source = node.Inputs[0] is { Op: Op.Add } sum ? sum.Inputs[0] : node.Inputs[0];
            if (source.Op == Op.MatMul && source.Inputs[1].Op == Op.Parameter && !source.Attributes.TransposeB) labels[node] = $"{labels[source]}.{node.Op.ToString().ToLowerInvariant()}";
        }
    }

    public string this[Node node] => labels.TryGetValue(node, out var label) ? label : node.Op.ToString().ToLowerInvariant();

    /// <summary>encoder.dense1.weight to encoder.dense1; merged storages keep the first layer's name and tell of the others.</summary>
    public static string Layer(string parameter)
    {
        var parts = parameter.Split('+');
        var layers = parts.Select(p => p.LastIndexOf('.') is var dot && dot > 0 ? p.Substring(0, dot) : p).ToArray();
        return layers.Length == 1 ? layers[0] : layers[0] + string.Concat(layers.Skip(1).Select(l => "_" + l.Substring(l.LastIndexOf('.') + 1)));
    }
}
