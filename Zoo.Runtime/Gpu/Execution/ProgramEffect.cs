namespace Zoo.Runtime;

/// <summary>What of the state a program writes.</summary>
public enum ProgramEffect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The gradients, and the step's draws.</summary>
    Gradients,

    /// <summary>The gradients, the step's draws, and state that programs advance themselves.</summary>
    GradientsAndState,

    /// <summary>State that programs advance themselves, and the step's draws.</summary>
    State,

    /// <summary>Draws of a step.</summary>
    Draws,

    /// <summary>Parameters and moments; it has no inputs.</summary>
    Update,
}
