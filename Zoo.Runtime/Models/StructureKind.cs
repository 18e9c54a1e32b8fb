namespace Zoo;

/// <summary>What a <see cref="StructureNode"/> is.</summary>
public enum StructureKind
{
    /// <summary>Data that the program is given.</summary>
    Input,

    /// <summary>What an earlier run has left.</summary>
    State,

    /// <summary>Numbers that are drawn.</summary>
    Draw,

    /// <summary>A value that is made of others without weights, and that a network is given.</summary>
    Value,

    /// <summary>A call of a network.</summary>
    Network,

    /// <summary>A loss that is reported.</summary>
    Loss,

    /// <summary>What is minimised, where it is not made of reported losses alone.</summary>
    Objective,

    /// <summary>What the program leaves.</summary>
    Output,
}
