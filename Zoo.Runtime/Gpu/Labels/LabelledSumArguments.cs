namespace Zoo.Runtime;

/// <summary>Sums of rows by label by an accelerator: what <see cref="LabelledRows.Sum"/> is on the processor.</summary>
/// <param name="Values">Offset in the memory of rows × columns numbers.</param>
/// <param name="RowStride">Floats from one row of them to the next.</param>
/// <param name="Labels">Offset of a label for each row: −1, or 0 to classes − 1.</param>
/// <param name="Target">Offset of classes × columns numbers, written.</param>
/// <param name="Rows">Rows to add up.</param>
/// <param name="Columns">Numbers of a row.</param>
/// <param name="Classes">Rows of the result.</param>
/// <param name="ClassesPerThread">Rows of the result that one thread writes its column of.</param>
public readonly record struct LabelledSumArguments(
    int Values, int RowStride, int Labels, int Target, int Rows, int Columns, int Classes, int ClassesPerThread)
{
    /// <summary>From so many threads on, each takes more classes: it then looks at every label once for all of them.</summary>
    const int EnoughThreads = 1 << 18;

    /// <summary>The arguments with classes given to threads. The bits do not depend on how.</summary>
    public static LabelledSumArguments At(int values, int rowStride, int labels, int target, int rows, int columns, int classes) =>
        new(values, rowStride, labels, target, rows, columns, classes, (int)Math.Max(1, (long)classes * columns / EnoughThreads));

    /// <summary>Groups of classes, a thread for each and each column.</summary>
    public int ClassBlocks => (Classes + ClassesPerThread - 1) / ClassesPerThread;
}
