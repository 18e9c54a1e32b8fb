using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>What a network returns, or an element of the tuple that it returns.</summary>
public enum OutputKind
{
    /// <summary>Root <c>value</c>.</summary>
    Tensor,
    /// <summary>Roots <c>mean</c> and <c>log_variance</c>.</summary>
    Gaussian,
    /// <summary>Root <c>logits</c>.</summary>
    Bernoulli,
    /// <summary>Root <c>logits</c>.</summary>
    Categorical,
}

/// <summary>One of the values that a network returns.</summary>
/// <param name="Name">Name of the tuple's element in snake case; empty where the network returns one value. Its roots have it in front,
/// with a dot.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct OutputPart(string Name, OutputKind Kind)
{
    /// <summary>Name of one of its roots.</summary>
    public string Root(string root) => Name.Length == 0 ? root : $"{Name}.{root}";
}

/// <summary>
/// A network as a function: <see cref="Op.Input"/> nodes named after its parameters, one row per example, and its results.
/// </summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Parameters">Names of the tensor parameters, in order.</param>
/// <param name="Shapes">Their shapes.</param>
/// <param name="TakesNoise">Whether it has a parameter for draws.</param>
/// <param name="Parts">What it returns: one value, or the elements of a tuple.</param>
/// <param name="Outputs">The results by name, as training has them.</param>
/// <param name="Inference">The results by name where the network runs after training; equal to <paramref name="Outputs"/> where nothing in
/// it tells the two apart.</param>
/// <param name="Site">Ordinal of the method's name among the sites, for diagnostics.</param>
public sealed record NetworkTrace(
    string Name, EquatableArray<string> Parameters, EquatableArray<Shape> Shapes, bool TakesNoise, EquatableArray<OutputPart> Parts,
    Roots Outputs,
    Roots Inference, int Site)
{
    /// <summary>What training makes of the network's state, by the state's name.</summary>
    public Roots Next { get; init; } = new([]);

    /// <summary>What it returns, where that is one value.</summary>
    public OutputKind Kind => Parts[0].Kind;

    /// <summary>The input of that name; null where the network does not use it.</summary>
    public Node? Input(string parameter) =>
        Topology.Sort(Outputs.Select(r => r.Node)).FirstOrDefault(n => n.Op == Op.Input && n.Name == parameter);
}

/// <summary>A method with <c>[Phase]</c> as a function of the data and of noise: own losses.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Trains">Networks whose weights it moves.</param>
/// <param name="Repeat">Calls of <c>Step</c> for one that runs the phases after it.</param>
/// <param name="Parameters">Names of the tensor parameters: <c>x</c>, <c>y</c>.</param>
/// <param name="Losses">Names of the losses, in order: those of the tuple's elements.</param>
/// <param name="Outputs">The losses by name, as training has them.</param>
/// <param name="Inference">The same where they are only evaluated.</param>
public sealed record PhaseTrace(
    string Name, EquatableArray<string> Trains, int Repeat, EquatableArray<string> Parameters, EquatableArray<string> Losses, Roots Outputs,
    Roots Inference)
{
    /// <summary>What training makes of the state of the networks that it calls, by the state's name.</summary>
    public Roots Next { get; init; } = new([]);

    /// <summary>The networks that it calls, as training has them.</summary>
    public EquatableArray<CallTrace> Calls { get; init; } = [];
}
