using Zoo.Generators.Graphs;

namespace Zoo.Generators.Structure;

/// <summary>A part of a program as people speak of it; <c>Zoo.StructureNode</c> has the same members.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, another for each node of the program: primes tell calls of one network apart.</param>
/// <param name="Detail">Sizes, a law or a formula; empty where there is nothing to say.</param>
/// <param name="Inputs">Names of the nodes that it is made of.</param>
/// <param name="Gradients">Those of them that the objective's gradient comes back to.</param>
public sealed record StructureNode(
    StructureKind Kind, string Name, string Detail, EquatableArray<string> Inputs, EquatableArray<string> Gradients);
