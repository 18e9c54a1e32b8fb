namespace Zoo.Runtime;

/// <summary>A draw of a step and where it lies after the step.</summary>
/// <param name="Name">Its name: <c>epsilon</c>, with <c>phase:</c> before it where there are several phases.</param>
/// <param name="Rows">Rows: the batch, or a multiple of it.</param>
/// <param name="Columns">Numbers per row.</param>
/// <param name="Offset">Float offset of the first in the activation arena.</param>
/// <param name="RowStride">Floats from one row to the next, at least <paramref name="Columns"/>.</param>
public sealed record DrawDescription(string Name, int Rows, int Columns, int Offset, int RowStride);
