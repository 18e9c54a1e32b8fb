namespace Zoo;

// Reductions over the axes of an example (all of them, or one). Only those with Batch in their name look across examples.
public sealed partial class Tensor
{
    /// <summary>Sum over all axes: one number per example, shape [].</summary>
    public Tensor Sum() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Sum over one axis, which leaves the shape.</summary>
    /// <param name="axis">The axis, 0 the first after the batch.</param>
    public Tensor Sum(int axis) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Mean over all axes: one number per example, shape [].</summary>
    public Tensor Mean() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Mean over one axis, which leaves the shape.</summary>
    /// <param name="axis">The axis, 0 the first after the batch.</param>
    public Tensor Mean(int axis) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Largest element over all axes: one number per example, shape [].</summary>
    public Tensor Max() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>log Σ eˣ over all axes: one number per example, shape []; computed from x − max.</summary>
    public Tensor LogSumExp() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Mean over the examples of the batch: the shape of the input, the same for every example.</summary>
    public Tensor BatchMean() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>
    /// Variance over the examples of the batch, divisor the batch size: the shape of the input, the same for every example.
    /// </summary>
    public Tensor BatchVariance() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Matrix product per example: [m, k]·[k, n] is [m, n].</summary>
    /// <param name="other">The right operand, two axes, the first as large as the second axis here.</param>
    public Tensor MatMul(Tensor other) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>The same value; no gradient flows back through it.</summary>
    public Tensor StopGradient() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>∂(Σ over the batch of <paramref name="of"/>)/∂<paramref name="withRespectTo"/>, itself differentiable.</summary>
    /// <param name="of">One number per example, shape [].</param>
    /// <param name="withRespectTo">A value that <paramref name="of"/> is computed from; any shape.</param>
    /// <returns>The shape of <paramref name="withRespectTo"/>; zero where <paramref name="of"/> does not depend on it.</returns>
    public static Tensor Gradient(Tensor of, Tensor withRespectTo) => throw CompileTime.Only(nameof(Tensor));
}
