namespace Zoo.Runtime;

/// <summary>
/// The clipping of a gradient's norm on an accelerator, in two launches: sums of squares of each block, then the factor
/// min(1, MaxNorm / (norm + 1e-6)), as PyTorch's clip_grad_norm_. It stays in the memory, so the host waits for nothing.
/// </summary>
/// <param name="Gradients">Offset of the gradient in the memory.</param>
/// <param name="Length">Elements.</param>
/// <param name="Partials">Offset of <see cref="Optimizer.NormBlocks"/> numbers, written.</param>
/// <param name="Scale">Offset of the cell that gets the factor.</param>
/// <param name="MaxNorm">Largest Euclidean norm, above 0.</param>
public readonly record struct ClipArguments(int Gradients, int Length, int Partials, int Scale, float MaxNorm);
