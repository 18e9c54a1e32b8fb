using System;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Members of the distributions as nodes.</summary>
static class DistributionCalls
{
    public static Value Create(string type, SymbolicCall call)
    {
        switch (type)
        {
            case "Gaussian":
                // Refuses what does not broadcast, here rather than at the first use.
                GraphBuilder.Common("Gaussian", call.Node(0), call.Node(1));
                return new Value.Gaussian(new(call.Node(0), call.Node(1)));
            case "Bernoulli":
                return new Value.Bernoulli(new(call.Node(0)));
            case "Categorical":
                if (call.Node(0).Shape is { Rank: 0 } scalar)
                    throw new GraphException(GraphError.WrongRank, $"Categorical takes logits with at least one axis, but got {scalar}");
                return new Value.Categorical(new(call.Node(0)));
            default:
                throw new TraceException(Descriptors.Unsupported, $"new {type}");
        }
    }

    public static Value Property(GraphBuilder g, string name, Value law) => new Value.Tensor((law, name) switch
    {
        (Value.Gaussian { Law: var gaussian }, "Mean") => g.Broadcast(gaussian.Mean, Type(gaussian)),
        (Value.Gaussian { Law: var gaussian }, "LogVariance") => g.Broadcast(gaussian.LogVariance, Type(gaussian)),
        (Value.Bernoulli { Law: var bernoulli }, "Mean") => bernoulli.Mean(g),
        (Value.Bernoulli { Law: var bernoulli }, "Logits") => bernoulli.Logits,
        (Value.Categorical { Law: var categorical }, "Mean") => categorical.Mean(g),
        (Value.Categorical { Law: var categorical }, "Logits") => categorical.Logits,
        _ => throw new TraceException(Descriptors.Unsupported, name),
    });

    public static Value Evaluate(SymbolicCall call)
    {
        var g = call.Graph;
        if (call.Name == "Standard") return new Value.Gaussian(GaussianValue.Standard(g, SizeLimit.Positive("Standard", call.Shape(0))));
        return new Value.Tensor((call.Name, call.Receiver) switch
        {
            ("LogProbability", Value.Gaussian { Law: var gaussian }) => gaussian.LogProbability(g, SameShape(call, gaussian)),
            ("LogProbability", Value.Bernoulli { Law: var bernoulli }) => bernoulli.LogProbability(g,
                SameShape(call.Name, call.Node(0), bernoulli.Logits.Shape)),
            ("Entropy", Value.Gaussian { Law: var gaussian }) => gaussian.Entropy(g),
            ("Entropy", Value.Bernoulli { Law: var bernoulli }) => bernoulli.Entropy(g),
            ("Sample", Value.Gaussian { Law: var gaussian }) => gaussian.Reparameterise(g,
                call.Scope.Draw(g, "sample", null, DrawKind.Normal, Type(gaussian).Shape)),
            ("Sample", Value.Bernoulli { Law: var bernoulli }) =>
                g.Binary(Op.Greater, bernoulli.Mean(g), call.Scope.Draw(g, "sample", null, DrawKind.Uniform, bernoulli.Logits.Shape)),
            ("LogProbability", Value.Categorical { Law: var categorical }) => categorical.LogProbability(g,
                SameShape(call.Name, call.Node(0), categorical.Logits.Shape)),
            ("Entropy", Value.Categorical { Law: var categorical }) => categorical.Entropy(g),
            ("Sample", Value.Categorical { Law: var categorical }) => categorical.Sample(g, Uniform(call, categorical)),
            ("Relax", Value.Categorical { Law: var categorical }) => categorical.Relax(g, Uniform(call, categorical), Temperature(call)),
            ("StraightThrough", Value.Categorical { Law: var categorical }) => categorical.StraightThrough(g, Uniform(call, categorical),
                Temperature(call)),
            ("Divergence", Value.Gaussian { Law: var gaussian }) => Divergence(g, gaussian, ((Value.Gaussian)call.Value(0)).Law),
            _ => throw new TraceException(Descriptors.Unsupported, $"{call.Method.ContainingType.Name}.{call.Name}"),
        });
    }

    static Node Uniform(SymbolicCall call, CategoricalValue categorical) =>
        call.Scope.Draw(call.Graph, "sample", null, DrawKind.Uniform, categorical.Logits.Shape);

    static float Temperature(SymbolicCall call) => call.Float(1) is > 0 and <= float.MaxValue and var temperature
        ? temperature
        : throw new TraceException(Descriptors.OutOfRange,
            FormattableString.Invariant($"{call.Name} takes a temperature above 0, but got {call.Float(1)}"));

    static Node Divergence(GraphBuilder g, GaussianValue from, GaussianValue to)
    {
        if (Type(from).Shape != Type(to).Shape)
            throw new GraphException(GraphError.ShapeMismatch,
                $"Divergence takes two Gaussians of one shape, but got {Type(from).Shape} and {Type(to).Shape}");
        return from.Divergence(g, to);
    }

    static TensorType Type(GaussianValue gaussian) => GraphBuilder.Common("Gaussian", gaussian.Mean, gaussian.LogVariance);

    static Node SameShape(SymbolicCall call, GaussianValue gaussian) => SameShape(call.Name, call.Node(0), Type(gaussian).Shape);

    static Node SameShape(string operation, Node x, Shape shape) => x.Shape == shape
        ? x
        : throw new GraphException(GraphError.ShapeMismatch,
            $"{operation} takes a value of the distribution's shape {shape}, but got {x.Shape}");
}
