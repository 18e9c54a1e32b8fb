namespace Zoo.Generators.Structure;

/// <summary>What a node of a program's structure is; <c>Zoo.StructureKind</c> has the same members.</summary>
public enum StructureKind
{
    Input,
    State,
    Draw,
    Value,
    Network,
    Loss,
    Objective,
    Output,
}
