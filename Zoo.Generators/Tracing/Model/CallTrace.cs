using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>A call of a network in a phase's method, which is inlined there.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="Operands">What it was given, by the names of its parameters.</param>
/// <param name="Results">What it gave.</param>
public sealed record CallTrace(string Network, Roots Operands, Roots Results);
