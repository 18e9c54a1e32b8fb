namespace Zoo.Generators.Graphs;

/// <summary>
/// What a value is: a <see cref="Shape"/> per row, and how many rows. <see cref="Rows"/> is 0 for a value shared by all examples (a
/// parameter, a
/// constant, a mean over the batch), and k for k rows per example of the batch: 1 nearly always, K where an example has K samples.
/// </summary>
public readonly record struct TensorType(int Rows, Shape Shape)
{
    public static TensorType Shared(params int[] shape) => new(0, new Shape(shape));

    public static TensorType Batch(params int[] shape) => new(1, new Shape(shape));

    public bool IsShared => Rows == 0;

    /// <summary>Elements for a batch of <paramref name="batch"/> examples.</summary>
    public long Count(long batch) => (IsShared ? 1 : Rows * batch) * Shape.Count;

    public override string ToString() => Rows switch
    {
        0 => Shape.ToString(),
        1 => $"n×{Shape}",
        _ => $"{Rows}n×{Shape}",
    };
}
