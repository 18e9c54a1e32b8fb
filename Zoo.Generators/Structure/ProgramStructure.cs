using Zoo.Generators.Graphs;

namespace Zoo.Generators.Structure;

/// <summary>What a program is made of; <c>Zoo.ProgramStructure</c> has the same members.</summary>
/// <param name="Name">The phase, or the member that runs it.</param>
/// <param name="IsTraining">Whether it is a part of training.</param>
/// <param name="Trains">Networks whose weights it moves; empty where it trains nothing.</param>
/// <param name="Minimises">The objective in terms of the losses; empty where there is none.</param>
/// <param name="Nodes">Inputs before what is made of them.</param>
public sealed record ProgramStructure(
    string Name, bool IsTraining, EquatableArray<string> Trains, string Minimises, EquatableArray<StructureNode> Nodes);
