using System;
using System.Linq;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Members of Priors as what they are made of: draws and, where there is one, a label.</summary>
static class PriorCalls
{
    // Makhzani et al. 2016 give pictures and no numbers; these are what implementations use.
    const float Radius = 1.4f, Long = 0.5f, Short = 0.05f, RollRadius = 3, RollTurns = 2;

    public static Value Evaluate(SymbolicCall call) => new Value.Tensor(call.Name switch
    {
        "Gaussian" => Gaussian(call),
        "GaussianMixture" => GaussianMixture(call),
        "SwissRoll" => SwissRoll(call),
        _ => throw new TraceException(Descriptors.Unsupported, $"Priors.{call.Name}"),
    });

    static Node Gaussian(SymbolicCall call)
    {
        var deviation = call.Float(2);
        if (!(deviation is > 0 and <= float.MaxValue))
            throw new TraceException(Descriptors.OutOfRange,
                FormattableString.Invariant($"Gaussian takes a deviation above 0, but got {deviation}"));
        var normal = call.Scope.Draw(call.Graph, "normal", null, DrawKind.Normal, SizeLimit.Positive("Gaussian", new Shape(call.Int(1))));
        return deviation == 1 ? normal : call.Graph.Mul(normal, deviation);
    }

    /// <summary>(a + ½·n₁, n₂/20) with a = 1.4, turned by 2πk/K.</summary>
    static Node GaussianMixture(SymbolicCall call)
    {
        var (g, components) = (call.Graph, call.Int(2));
        if (components is < 1 or > GraphBuilder.MostClasses)
            throw new TraceException(Descriptors.OutOfRange,
                FormattableString.Invariant($"GaussianMixture takes at least 1 component, but got {components}"));
        var label = Label(call) ?? call.Scope.Draw(g, "onehot", null, DrawKind.OneHot, new Shape(components));
        if (label.Shape.Count != components)
            throw new GraphException(GraphError.ShapeMismatch,
                $"GaussianMixture takes a one-hot label of its {components} components, but got {label.Shape}: write components: {
                    label.Shape.Count}");
        var normal = call.Scope.Draw(g, "normal", null, DrawKind.Normal, new Shape(2));
        var along = g.Add(g.Mul(g.Slice(normal, 0, 0, 1), Long), g.Constant(Radius));
        var across = g.Mul(g.Slice(normal, 0, 1, 1), Short);
        Node Of(Func<double, double> f) => Chosen(g, label,
            [.. Enumerable.Range(0, components).Select(k => (float)f(2 * Math.PI * k / components))]);
        var (cosine, sine) = (Of(Math.Cos), Of(Math.Sin));
        return g.Concat(0, g.Sub(g.Mul(along, cosine), g.Mul(across, sine)), g.Add(g.Mul(along, sine), g.Mul(across, cosine)));
    }

    /// <summary>r = 3√t at the angle 4π√t, t uniform in the label's part of [0, 1).</summary>
    static Node SwissRoll(SymbolicCall call)
    {
        var g = call.Graph;
        var uniform = call.Scope.Draw(g, "uniform", null, DrawKind.Uniform, new Shape(1));
        var t = uniform;
        if (Label(call) is { } label)
        {
            var classes = label.Shape.Count;
            t = g.Mul(g.Add(Chosen(g, label, [.. Enumerable.Range(0, classes).Select(k => (float)k)]), uniform), 1f / classes);
        }
        var root = g.Unary(Op.Sqrt, t);
        var (radius, angle) = (g.Mul(root, RollRadius), g.Mul(root, (float)(2 * Math.PI * RollTurns)));
        return g.Concat(0, g.Mul(radius, g.Unary(Op.Cos, angle)), g.Mul(radius, g.Unary(Op.Sin, angle)));
    }

    /// <summary>The label, where one is given: one axis, and a row for each example.</summary>
    static Node? Label(SymbolicCall call)
    {
        if (call.Value(1) is not Value.Tensor { Node: var label }) return null;
        if (label.Shape.Rank != 1)
            throw new GraphException(GraphError.WrongRank, $"{call.Name} takes a one-hot label with one axis, but got {label.Shape}");
        return label;
    }

    /// <summary>[1]: the number that a one-hot row chooses, as a sum over its columns.</summary>
    static Node Chosen(GraphBuilder g, Node label, float[] numbers) =>
        numbers.Select((number, k) => g.Mul(g.Slice(label, 0, k, 1), number)).Aggregate(g.Add);
}
