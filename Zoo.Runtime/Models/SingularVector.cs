namespace Zoo.Runtime;

/// <summary>
/// A vector of a weight's power iteration: its estimate of a singular vector that belongs to the largest singular value. The weight counts
/// as a matrix of a row for each output and a column for each of its other elements, in the order of files.
/// </summary>
/// <param name="Weight">Name of the weight.</param>
/// <param name="OutputAxis">The weight's axis of outputs, in the order of files.</param>
/// <param name="IsLeft">Whether it has a number for each row; else one for each column.</param>
public sealed record SingularVector(string Weight, int OutputAxis, bool IsLeft);
