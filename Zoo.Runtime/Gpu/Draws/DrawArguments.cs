namespace Zoo.Runtime;

/// <summary>
/// A matrix to be filled with random numbers by an accelerator: see <see cref="Draws"/>, which writes the same on the processor.
/// </summary>
/// <param name="Target">Offset of row 0 in the memory.</param>
/// <param name="Rows">Rows to fill.</param>
/// <param name="Columns">Elements of a row; those between them and the next row are left alone.</param>
/// <param name="RowStride">Distance of rows in floats.</param>
/// <param name="Key0">Low half of the draw's key.</param>
/// <param name="Key1">High half of the draw's key.</param>
/// <param name="Word2">Counter word 2: the low half of the step.</param>
/// <param name="Word3">Counter word 3: iteration and high part of the step.</param>
/// <param name="FirstRow">Global row of row 0.</param>
public readonly record struct DrawArguments(
    int Target, int Rows, int Columns, int RowStride, uint Key0, uint Key1, uint Word2, uint Word3, uint FirstRow)
{
    /// <summary>From what <see cref="Draws"/> takes.</summary>
    /// <param name="target">Offset of row 0 in the memory.</param>
    /// <param name="rows">Rows to fill.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="rowStride">Distance of rows in floats.</param>
    /// <param name="key">From <see cref="Philox.DrawKey"/>.</param>
    /// <param name="step">Training step, below 2⁴⁸.</param>
    /// <param name="iteration">Ordinal of the repetition within the step, below 2¹⁶.</param>
    /// <param name="firstRow">Global row of row 0; all rows below 2³².</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate does not fit the counter.</exception>
    public static DrawArguments At(int target, int rows, int columns, int rowStride, ulong key, long step, int iteration, long firstRow)
    {
        var (word2, word3) = Philox.StepWords(step, iteration, firstRow, rows);
        return unchecked(new(target, rows, columns, rowStride, (uint)key, (uint)(key >> 32), word2, word3, (uint)firstRow));
    }

    /// <summary>Blocks of four columns in a row: each is one thread's.</summary>
    public int BlocksPerRow => (Columns + 3) / 4;
}
