using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// A map over one tile of 64 × 64 elements by a group of 256 threads, 16 × 16, thread (x, y) having columns x + 16j and rows y + 16i:
/// neighbouring threads
/// touch neighbouring columns. The product's elements come through shared memory, whose slots then hold the threads' shares of the sums.
/// </summary>
/// <remarks>
/// Sums are trees of one shape, whatever the device does: a thread's four elements in order, then sixteen threads in order. Tiles add
/// theirs up in a second
/// kernel. No atomics: the same bits every time.
/// </remarks>
static class MapTile
{
    /// <summary>Rows and columns of a tile.</summary>
    public const int Size = 64;

    /// <summary>Threads of a group.</summary>
    public const int Threads = 256;

    /// <summary>
    /// Floats from one row of the tile to the next: one more than its columns, so that neither rows nor columns meet in a bank.
    /// </summary>
    public const int Stride = Size + 1;

    /// <summary>Floats of the tile.</summary>
    public const int Floats = Size * Stride;

    /// <summary>Groups for so many rows and columns, tiles side by side first.</summary>
    public static KernelConfig Grid(int rows, int columns) => new(new Index2D(Blocks(rows) * Blocks(columns), 1), new Index2D(Side, Side));

    /// <summary>Tiles along an axis.</summary>
    public static int Blocks(int size) => (size + Size - 1) / Size;

    /// <summary>Threads of a group along each of its axes.</summary>
    public const int Side = 16;

    const int Steps = Size / Side;

    /// <summary>
    /// Runs the map over the tile; all threads of the group call it, and the tile is complete for the thread that reads an element.
    /// </summary>
    public static void Run<TMap>(
        ArrayView<float> memory, MapOperands operands, ArrayView<float> tile, int rowBlock, int columnBlock, int rows, int columns)
        where TMap : struct, IGpuMap
    {
        var (x, y) = (Group.IdxX, Group.IdxY);
        var column = columnBlock * Size + x;
        MapSums column0 = default, column1 = default, column2 = default, column3 = default;
        for (var i = 0; i < Steps; i++)
        {
            var slot = (y + i * Side) * Stride + x;
            var row = rowBlock * Size + y + i * Side;
            var s0 = Element<TMap>(memory, operands, tile, slot, row, column, rows, columns);
            var s1 = Element<TMap>(memory, operands, tile, slot + Side, row, column + Side, rows, columns);
            var s2 = Element<TMap>(memory, operands, tile, slot + 2 * Side, row, column + 2 * Side, rows, columns);
            var s3 = Element<TMap>(memory, operands, tile, slot + 3 * Side, row, column + 3 * Side, rows, columns);
            if (TMap.RowSums > 0)
            {
                // The four slots are this thread's own and read by now: one for each sum.
                var sums = s0.PlusRows(s1).PlusRows(s2).PlusRows(s3);
                tile[slot] = sums.Row0.Value;
                if (TMap.RowSums > 1) tile[slot + Side] = sums.Row1.Value;
                if (TMap.RowSums > 2) tile[slot + 2 * Side] = sums.Row2.Value;
                if (TMap.RowSums > 3) tile[slot + 3 * Side] = sums.Row3.Value;
            }
            column0 = column0.PlusColumns(s0);
            column1 = column1.PlusColumns(s1);
            column2 = column2.PlusColumns(s2);
            column3 = column3.PlusColumns(s3);
        }
        if (TMap.RowSums > 0)
        {
            Group.Barrier();
            var thread = y * Side + x;
            var row = rowBlock * Size + thread;
            if (thread < Size && row < rows)
            {
                var first = thread * Stride;
                MapSums sums = default;
                sums.Row0 = new(Line(tile, first, 1));
                if (TMap.RowSums > 1) sums.Row1 = new(Line(tile, first + Side, 1));
                if (TMap.RowSums > 2) sums.Row2 = new(Line(tile, first + 2 * Side, 1));
                if (TMap.RowSums > 3) sums.Row3 = new(Line(tile, first + 3 * Side, 1));
                TMap.StoreRowSums(memory, operands, columnBlock, row, sums);
            }
        }
        if (TMap.ColumnSums > 0)
        {
            Group.Barrier();
            Scatter<TMap>(tile, y * Stride + x, column0);
            Scatter<TMap>(tile, y * Stride + x + Side, column1);
            Scatter<TMap>(tile, y * Stride + x + 2 * Side, column2);
            Scatter<TMap>(tile, y * Stride + x + 3 * Side, column3);
            Group.Barrier();
            var thread = y * Side + x;
            var summed = columnBlock * Size + thread;
            if (thread < Size && summed < columns)
            {
                MapSums sums = default;
                sums.Column0 = new(Line(tile, thread, Stride));
                if (TMap.ColumnSums > 1) sums.Column1 = new(Line(tile, Side * Stride + thread, Stride));
                if (TMap.ColumnSums > 2) sums.Column2 = new(Line(tile, 2 * Side * Stride + thread, Stride));
                if (TMap.ColumnSums > 3) sums.Column3 = new(Line(tile, 3 * Side * Stride + thread, Stride));
                TMap.StoreColumnSums(memory, operands, rowBlock, summed, sums);
            }
        }
    }

    static MapSums Element<TMap>(
        ArrayView<float> memory, MapOperands operands, ArrayView<float> tile, int slot, int row, int column, int rows, int columns)
        where TMap : struct, IGpuMap =>
        row < rows && column < columns ? TMap.At(memory, operands, row, column, new Lane(tile[slot])) : default;

    static void Scatter<TMap>(ArrayView<float> tile, int slot, MapSums sums) where TMap : struct, IGpuMap
    {
        tile[slot] = sums.Column0.Value;
        if (TMap.ColumnSums > 1) tile[slot + Side * Stride] = sums.Column1.Value;
        if (TMap.ColumnSums > 2) tile[slot + 2 * Side * Stride] = sums.Column2.Value;
        if (TMap.ColumnSums > 3) tile[slot + 3 * Side * Stride] = sums.Column3.Value;
    }

    /// <summary>Sixteen shares in order.</summary>
    static float Line(ArrayView<float> tile, int first, int stride)
    {
        var sum = tile[first];
        for (var i = 1; i < Side; i++) sum += tile[first + i * stride];
        return sum;
    }
}
