namespace Zoo;

/// <summary>What a phase of training, or sampling, is made of: what is given to what, and where gradients come back.</summary>
/// <param name="Name">Name of the phase, or of the member.</param>
/// <param name="IsTraining">Whether it is a part of training.</param>
/// <param name="Trains">Networks whose weights it moves; empty where it has none.</param>
/// <param name="Minimises">What a phase minimises, in terms of its losses; empty of what trains nothing.</param>
/// <param name="Nodes">Its parts, inputs before what is made of them.</param>
public sealed record ProgramStructure(
    string Name, bool IsTraining, IReadOnlyList<string> Trains, string Minimises, IReadOnlyList<StructureNode> Nodes);
