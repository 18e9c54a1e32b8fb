namespace Zoo;

/// <summary>One capability of a <see cref="ModelCard"/>: what has to be given, and how much comes.</summary>
/// <param name="Capability">Which.</param>
/// <param name="Size">Numbers that it writes for each row; 0 where it writes none.</param>
/// <param name="Classes">Each row has a label from 0 to this number, exclusive; 0: it takes no labels.</param>
/// <param name="Condition">Each row has a condition of so many numbers; 0: it takes no condition.</param>
/// <param name="Rows">The number of rows is a multiple of this: 1, but the batch where losses look across it.</param>
public sealed record CapabilityCard(Capability Capability, int Size, int Classes, int Condition, int Rows);
