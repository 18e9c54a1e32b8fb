namespace Zoo.Runtime;

/// <summary>A reduction of one axis by an accelerator, both sides contiguous: target[o, i] = foldₘ source[o, m, i].</summary>
/// <remarks>
/// A long axis is cut into blocks, whose parts land at target[(block·outer + o)·inner + i]; a second launch, which
/// the compiler plans, folds the parts.
/// </remarks>
/// <param name="Source">Offset in the memory of outer × middle × inner numbers.</param>
/// <param name="Target">Offset in the memory of <see cref="Blocks"/> × outer × inner numbers.</param>
/// <param name="Outer">Axes before the reduced one.</param>
/// <param name="Middle">The reduced axis.</param>
/// <param name="Inner">Axes after the reduced one.</param>
/// <param name="MiddlePerBlock">Elements of the reduced axis that one group folds, at least 1.</param>
public readonly record struct ReductionArguments(int Source, int Target, int Outer, int Middle, int Inner, int MiddlePerBlock)
{
    /// <summary>Blocks of the reduced axis; 1 where the target is complete after one launch.</summary>
    public int Blocks => Math.Max(1, (Middle + MiddlePerBlock - 1) / MiddlePerBlock);
}
