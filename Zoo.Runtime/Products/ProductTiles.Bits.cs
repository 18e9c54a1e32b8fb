namespace Zoo.Runtime;

/// <summary>
/// The part for an A of zeros and ones, which is read into words once, before the first tile. A worker's rows of a block of columns are
/// computed together, so that the tables of each stretch of k are made once; then they are handed out tile by tile.
/// </summary>
unsafe ref partial struct ProductTiles
{
    // From so many rows on their sums leave L1 between two stretches of k, which are then twice as long.
    const int RowsForLongStretch = 256;

    // Rows whose sums wait in scratch for the next stretch of k.
    const int RowsPerTable = 1024;

    // Scratch: tables, rows of B that lie otherwise in memory, sums, and the words of A, for which the rest is room.
    const int PanelFloats = SumTables.MostDepth * SumTables.Columns, SumFloats = RowsPerTable * SumTables.Columns;
    internal const int MostCodes = Scratch.PackedFloats - SumTables.Floats - PanelFloats - SumFloats;

    /// <summary>A holds zeros and ones, or else the product is that of any other A.</summary>
    public static ProductTiles OfBits(
        Worker worker, Floats a, int aRowStride, int aColumnStride, Floats b, int bRowStride, int bColumnStride, Floats c, int cRowStride,
        int m, int n, int k) =>
        new(worker, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, m, n, k, true);

    ProductTiles(
        Worker worker, Floats a, int aRowStride, int aColumnStride, Floats b, int bRowStride, int bColumnStride, Floats c, int cRowStride,
        int m, int n, int k, bool mayBeBits)
        : this(worker, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, m, n, k)
    {
        codes = (uint*)(packed + SumTables.Floats + PanelFloats + SumFloats);
        // Every worker reads all of A: so all of them see the same, and nobody waits for another.
        isOfBits = mayBeBits && BitCodes.Length(m, k) <= MostCodes
            && (next == end || BitCodes.TryWrite(this.a, aRow, aColumn, m, k, codes));
        if (isOfBits) depthPerPass = k;
    }

    /// <summary>The rows from a tile on that this worker has in a block of columns.</summary>
    readonly void AddUp(in Tile tile)
    {
        var endRow = Math.Min(m, (Math.Min(end, (tile.ColumnBlock + 1) * rowBlocks) - tile.ColumnBlock * rowBlocks) * rowsPerBlock);
        for (var column = tile.FirstColumn; column < tile.EndColumn; column += SumTables.Columns)
        {
            var columns = Math.Min(SumTables.Columns, tile.EndColumn - column);
            for (var row = tile.FirstRow; row < endRow; row += RowsPerTable)
                AddUp(row, Math.Min(RowsPerTable, endRow - row), column, columns);
        }
    }

    readonly void AddUp(int row, int rows, int column, int columns)
    {
        var (tables, panel) = (new Floats(packed), new Floats(packed + SumTables.Floats));
        var sums = panel.Address + PanelFloats;
        var target = c + row * cRow + column;
        var stretch = rows >= RowsForLongStretch ? SumTables.MostDepth : BitCodes.Depth;
        for (var first = 0; first < k; first += stretch)
        {
            var length = Math.Min(stretch, k - first);
            var groups = (length + SumTables.Group - 1) / SumTables.Group;
            var from = b + first * bRow + column * bColumn;
            var lies = bColumn == 1 && columns == SumTables.Columns && length == groups * SumTables.Group;
            // What is missing of the last group or of the columns may be anything: no word chooses it, and no column is copied from it.
            if (!lies) Packing.Copy(from, bRow, bColumn, length, columns, panel.Address, SumTables.Columns);
            SumTables.Make(width, lies ? from : panel.Address, lies ? bRow : SumTables.Columns, groups, tables.Address);
            var isDone = first + length == k && columns == SumTables.Columns;
            SumTables.Add(width, tables.Address, groups, codes + first / BitCodes.Depth * m + row, m, rows, first == 0 ? null : sums,
                isDone ? target : sums, isDone ? cRow : SumTables.Columns);
        }
        if (columns < SumTables.Columns) Rectangle.Copy(sums, SumTables.Columns, target, cRow, rows, columns);
    }
}
