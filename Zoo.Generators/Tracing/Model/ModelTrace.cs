using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>
/// What tracing leaves of a declaration: plain data, equal when the declaration means the same. Symbols, syntax and locations end here.
/// </summary>
/// <param name="Identity">The class.</param>
/// <param name="Variant">Name of the variant's attribute without the suffix, e.g. <c>Vae</c>.</param>
/// <param name="Options">Arguments of that attribute.</param>
/// <param name="Networks">In the order in which the variant lists them, or in which own losses call them.</param>
/// <param name="Phases">Methods with own losses, in order of declaration; empty in other variants.</param>
/// <param name="Parameters">In declaration order: networks in the variant's order, then evaluation order.</param>
/// <param name="Layers">In the same order.</param>
/// <param name="Optimizers">As written; empty where the class has none.</param>
public sealed record ModelTrace(
    ModelIdentity Identity,
    string Variant,
    AttributeValues Options,
    EquatableArray<NetworkTrace> Networks,
    EquatableArray<PhaseTrace> Phases,
    EquatableArray<ParameterTrace> Parameters,
    EquatableArray<LayerTrace> Layers,
    EquatableArray<OptimizerTrace> Optimizers)
{
    /// <summary>What the generated half must heed in the class's base and in the user's half.</summary>
    public ClassTrace Class { get; init; } = ClassTrace.Plain;

    /// <summary>The summary of the class's documentation comment as plain text; empty where it has none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Decay of the weights' averages; null where none are kept.</summary>
    public float? AverageDecay { get; init; }

    /// <summary>What layers keep and training advances, in order of declaration.</summary>
    public EquatableArray<StateTrace> States { get; init; } = [];

    public NetworkTrace? Network(string name) => Networks.FirstOrDefault(n => n.Name == name);
}
