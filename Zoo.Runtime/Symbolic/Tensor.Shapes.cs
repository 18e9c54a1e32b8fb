namespace Zoo;

// Shapes of an example, row-major, channels first.
public sealed partial class Tensor
{
    /// <summary>All axes as one: [a, b, c] becomes [a·b·c], in row-major order.</summary>
    public Tensor Flatten() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>The same elements in row-major order under another shape.</summary>
    /// <param name="shape">Constants whose product is the number of elements; anything else is a compiler error that names both
    /// shapes.</param>
    public Tensor Reshape(params int[] shape) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>The elements from <paramref name="start"/> on along one axis.</summary>
    /// <param name="start">First index: a constant, at least 0.</param>
    /// <param name="length">How many: a constant, at least 1; <paramref name="start"/> + <paramref name="length"/> at most the size of the
    /// axis.</param>
    /// <param name="axis">The axis, 0 the first after the batch.</param>
    /// <returns>The input's shape with <paramref name="length"/> on that axis.</returns>
    public Tensor Slice(int start, int length, int axis = 0) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>The parts one after the other along the first axis after the batch (features, or channels).</summary>
    /// <param name="parts">At least one; all other axes are equal.</param>
    /// <returns>The shape of the parts with the sum of their first axes.</returns>
    public static Tensor Concat(params Tensor[] parts) => throw CompileTime.Only(nameof(Tensor));
}
