namespace Zoo.Runtime;

/// <summary>Where an optimiser's numbers lie in an accelerator's memory: offsets of flat stretches.</summary>
/// <param name="Parameters">Read and written.</param>
/// <param name="Gradients">Read.</param>
/// <param name="First">First state: Adam's m, the momentum buffer, RMSprop's mean of squares; read and written.</param>
/// <param name="Second">Second state: Adam's v.</param>
/// <param name="Length">Elements.</param>
/// <param name="ScaleOffset">A cell whose number multiplies the gradients, as <see cref="ClipArguments"/> has it written; -1 for
/// none.</param>
public readonly record struct UpdateArguments(int Parameters, int Gradients, int First, int Second, int Length, int ScaleOffset = -1);
