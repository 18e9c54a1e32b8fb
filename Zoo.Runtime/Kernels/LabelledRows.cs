using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// Rows by label: a map reads the row of a table that a label names, and its transpose adds rows up by label. A label is a whole
/// number from 0, or −1 where a row has none. Every number of a sum is formed by one thread in the order of the rows: the same bits on any
/// number of threads.
/// </summary>
public static unsafe class LabelledRows
{
    const long SharedFrom = 16384;

    // Columns of one work item: wide enough to stream, narrow enough that there is something to share.
    const int ColumnsPerBlock = 128;

    /// <summary>Elements from <paramref name="place"/> on of the row of <paramref name="label"/>; zeros where it names none.</summary>
    /// <param name="table">Rows by label.</param>
    /// <param name="label">The label.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="place">Place in row 0 of what is read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(Floats table, float label, int stride, int place) where V : struct, IVector<V> =>
        label >= 0 ? V.Load(table, (int)label * stride + place) : default;

    /// <summary>target[c] = Σ of the rows of values labelled c, in their order; rows without a label go nowhere.</summary>
    /// <param name="worker">The calling thread's place in its team.</param>
    /// <param name="values">rows × columns numbers.</param>
    /// <param name="rowStride">Floats from one row of them to the next.</param>
    /// <param name="labels">A label for each row: −1, or 0 to classes − 1.</param>
    /// <param name="target">classes × columns numbers, contiguous, written.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="classes">Rows of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative, or there is no class.</exception>
    public static void Sum(Worker worker, Floats values, int rowStride, Floats labels, Floats target, int rows, int columns, int classes)
    {
        if (rows < 0 || columns < 0 || classes < 1)
            throw new ArgumentOutOfRangeException(
                nameof(classes), classes,
                $"sums by label need a class and no negative size, but got {rows} rows of {columns} numbers for {classes} classes");
        var shared = (long)(rows + classes) * columns > SharedFrom;
        if (!shared && worker.Index != 0) return;
        // Whoever adds an element up, the order is that of the rows: so the cut may follow the number of workers.
        // Classes are cut where columns are too few.
        var columnBlocks = (columns + ColumnsPerBlock - 1) / ColumnsPerBlock;
        var classBlocks = !shared ? 1 : Math.Clamp((worker.Count + columnBlocks - 1) / columnBlocks, 1, classes);
        var (from, to) = shared ? worker.Share(columnBlocks * classBlocks) : (0, columnBlocks);
        for (var item = from; item < to; item++)
        {
            var (classBlock, column) = (item / columnBlocks, item % columnBlocks * ColumnsPerBlock);
            var (first, end) = ((int)((long)classes * classBlock / classBlocks), (int)((long)classes * (classBlock + 1) / classBlocks));
            var endColumn = Math.Min(column + ColumnsPerBlock, columns);
            for (var c = first; c < end; c++) new Floats(target.Address + (long)c * columns).Clear(column, endColumn - column);
            // Columns do not mix, so what is left of a block runs at a narrower width without a change of bits.
            if (worker.Width >= VectorWidth.Bits512) column = Block<Lanes16>(column);
            if (worker.Width >= VectorWidth.Bits256) column = Block<Lanes8>(column);
            if (worker.Width >= VectorWidth.Bits128) column = Block<Lanes4>(column);
            Block<Lanes1>(column);

            int Block<V>(int from) where V : struct, IVector<V> =>
                Add<V>(values, rowStride, labels, target, rows, columns, first, end, from, endColumn);
        }
    }

    /// <summary>As many of the block's columns as whole vectors have; returns the first that is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Add<V>(
        Floats values, int rowStride, Floats labels, Floats target, int rows, int columns, int firstClass, int endClass, int from, int to)
        where V : struct, IVector<V>
    {
        var done = from + (to - from) / V.Count * V.Count;
        if (done == from) return from;
        for (var row = 0; row < rows; row++)
        {
            var label = (int)labels[row];
            if (label < firstClass || label >= endClass) continue;
            var (source, sum) = (new Floats(values.Address + (long)row * rowStride), new Floats(target.Address + (long)label * columns));
            for (var column = from; column < done; column += V.Count) (V.Load(sum, column) + V.Load(source, column)).Store(sum, column);
        }
        return done;
    }
}
