namespace Zoo.Runtime;

/// <summary>
/// One worker's way through the tiles of a product, block of columns after block of columns, so that a packed panel of B serves all rows
/// below each other. A is read where it lies: a broadcast per row and k costs the same from there as from a packed copy. What is packed
/// or read next is asked for from memory meanwhile.
/// </summary>
unsafe ref partial struct ProductTiles
{
    const int ColumnsPerBlock = 64;

    // Longest stretch of k per pass: a micro-kernel's panel of B then takes 32 KiB and stays in L1, and what is asked for meanwhile of the
    // next stretch has left no cache when it is packed, also where the rows of B are a power of two apart.
    const int DepthPerPass = 256;

    // The same where A is stored transposed: a row of its tile then touches a line of memory for every k, and so few that they stay in L1
    // while the columns of the tile take their turns.
    const int DepthPerTransposedPass = 128;

    // Below this many operations, half a microsecond's work, other workers would spend longer fetching the operands than computing.
    const long SerialOperations = 50_000;

    // The tallest micro-kernel.
    const int EdgeRows = 8;

    // The tallest tile.
    const int RowsPerBlock = 32;

    // Lines of memory that a row of a block of B is, and that a k of a tile of a transposed A is.
    const int LinesPerBlock = ColumnsPerBlock / PanelAhead.LineFloats;
    const int LinesPerTile = RowsPerBlock / PanelAhead.LineFloats;

    readonly VectorWidth width;
    readonly float* a, b, c, packed, edge;
    readonly nint aRow, aColumn, bRow, bColumn, cRow;
    readonly int m, n, k, rowsPerBlock, rowBlocks, depthPerPass, end;
    readonly bool packs;

    // Of products whose A is zeros and ones; see ProductTiles.Bits.cs.
    readonly bool isOfBits;
    readonly uint* codes;

    // Of products whose A is windows, or their transpose; see ProductTiles.Windows.cs.
    readonly bool hasWindows, isTransposed;

    // Windows are read where they are, or where they are too large for that brought together.
    readonly bool isDirect;
    readonly ImageWindows windows;
    readonly float* gathered;
    readonly int* offsets;
    WindowPlaces places;
    StretchesAhead ahead;
    float* origin;

    // One past the last tile whose windows have been multiplied, in this stretch of k.
    int computed;

    // The columns of windows that are brought together, and the stretch of k at which they are.
    int gatheredColumn, gatheredEnd, gatheredDepth;

    PanelAhead right, left;
    int next, first, depth;

    public ProductTiles(
        Worker worker, Floats a, int aRowStride, int aColumnStride, Floats b, int bRowStride, int bColumnStride, Floats c, int cRowStride,
        int m, int n, int k)
    {
        width = MicroTile.Accelerated(worker.Width);
        this.a = a.Address;
        this.b = b.Address;
        this.c = c.Address;
        (aRow, aColumn, bRow, bColumn, cRow) = (aRowStride, aColumnStride, bRowStride, bColumnStride, cRowStride);
        (this.m, this.n, this.k) = (m, n, k);
        (rowsPerBlock, _) = Product.Grid(m, n, k);
        rowBlocks = (m + rowsPerBlock - 1) / rowsPerBlock;
        var depthAllowed = aColumnStride == 1 ? DepthPerPass : DepthPerTransposedPass;
        depthPerPass = DepthFor(k, depthAllowed);
        packed = Scratch.Packed(worker);
        edge = Scratch.Edge(worker);
        // What lies like a packed panel needs no copy.
        packs = (m > EdgeRows || bColumn != 1) && (bColumn != 1 || bRow != n || MicroTile.Columns(width, n) != n);
        if (2L * m * n * k < SerialOperations)
        {
            (next, end) = (0, worker.Index == 0 ? Boundary(1, 1) : 0);
        }
        else
        {
            (next, end) = (Boundary(worker.Index, worker.Count), Boundary(worker.Index + 1, worker.Count));
        }
        (first, depth) = (next, 0);
    }

    /// <summary>Equal stretches of k, none longer than allowed.</summary>
    static int DepthFor(int k, int allowed)
    {
        var passes = Math.Max(1, (k + allowed - 1) / allowed);
        return (k + passes - 1) / passes;
    }

    /// <summary>Computes on to the next finished tile.</summary>
    public bool Next(out Tile tile)
    {
        // Within a block of columns: for each stretch of k, all row blocks of this worker; the last stretch finishes them one by one.
        while (next < end)
        {
            var (columnBlock, rowBlock) = (next / rowBlocks, next % rowBlocks);
            var (row, column) = (rowBlock * rowsPerBlock, columnBlock * ColumnsPerBlock);
            tile = new Tile(rowBlock, columnBlock, row, Math.Min(row + rowsPerBlock, m), column, Math.Min(column + ColumnsPerBlock, n));
            var depthEnd = Math.Min(depth + depthPerPass, k);
            if (next == first) Begin(tile, depthEnd - depth);
            Compute(tile, depthEnd - depth);
            next++;
            if (depthEnd == k)
            {
                if (next % rowBlocks == 0) (first, depth) = (next, 0);
                return true;
            }
            if (next == end || next % rowBlocks == 0) (next, depth, computed) = (first, depthEnd, first);
        }
        tile = default;
        return false;
    }

    /// <summary>The tile at which a worker's share starts: as near as tiles allow to an equal share of the elements.</summary>
    readonly int Boundary(int worker, int workers)
    {
        if (worker == workers) return rowBlocks * ((n + ColumnsPerBlock - 1) / ColumnsPerBlock);
        var target = (long)m * n * worker / workers;
        var columnBlock = (int)(target / ((long)m * ColumnsPerBlock));
        var perTile = (long)rowsPerBlock * Math.Min(ColumnsPerBlock, n - columnBlock * ColumnsPerBlock);
        var rest = target - (long)columnBlock * m * ColumnsPerBlock;
        return columnBlock * rowBlocks + (rest == 0 ? 0 : (int)Math.Min(rowBlocks, (rest + perTile / 2) / perTile));
    }

    /// <summary>Packs B for a stretch of k, and says what of B comes after it.</summary>
    void Begin(in Tile tile, int length)
    {
        if (isOfBits)
        {
            AddUp(tile);
            return;
        }
        Pack(tile, length);
        if (isDirect) Locate(length);
        if (hasWindows) return;
        var nextColumn = tile.FirstColumn + ColumnsPerBlock;
        var hasNext = (tile.ColumnBlock + 1) * rowBlocks < end && nextColumn + ColumnsPerBlock <= n;
        var isLastPass = depth + length == k;
        if (!packs)
        {
            right.Rest(packed);
        }
        else if (bColumn == 1)
        {
            var (column, from) = isLastPass ? (nextColumn, 0) : (tile.FirstColumn, depth + length);
            if (isLastPass && !hasNext) right.Rest(packed);
            else right.Ask(b + from * bRow + column, bRow, Math.Min(depthPerPass, k - from), LinesPerBlock);
        }
        else if (depth == 0)
        {
            // Columns that lie one after the other are asked for to their ends, which are as good as all that comes next.
            if (hasNext && bColumn <= 2 * k) right.Ask(b + nextColumn * bColumn, PanelAhead.LineFloats, LinesPerBlock * (int)bColumn, 1);
            else right.Rest(packed);
        }
    }

    /// <summary>Says what of a transposed A comes after a tile: the rows of the next one, of whose every k a line is read.</summary>
    void AskForLeft(in Tile tile, int length)
    {
        var (row, stretch) = (tile.EndRow, depth);
        if (next + 1 == end || row == m) (row, stretch) = (first % rowBlocks * rowsPerBlock, depth + length == k ? 0 : depth + length);
        left.Ask(a + row * aRow + stretch * aColumn, aColumn, Math.Min(depthPerPass, k - stretch), LinesPerTile);
    }

    readonly void Pack(in Tile tile, int length)
    {
        var columns = tile.EndColumn - tile.FirstColumn;
        var from = b + depth * bRow + tile.FirstColumn * bColumn;
        for (int column = 0, panelColumns; column < columns; column += panelColumns)
        {
            panelColumns = isDirect ? TableKernel.Columns(width, columns - column) : MicroTile.Columns(width, columns - column);
            if (IsStreamed(columns, column + panelColumns)) continue;
            Packing.Copy(from + column * bColumn, bRow, bColumn, length, Math.Min(panelColumns, columns - column), packed + length * column,
                panelColumns);
        }
    }

    void Compute(in Tile tile, int length)
    {
        if (isOfBits) return;
        if (isDirect)
        {
            ComputeWindows(tile, length);
            return;
        }
        var panel = new Panel { ARow = aRow, AStep = aColumn, CRow = cRow, K = length, Accumulate = depth > 0 };
        var rows = Left(tile, length, ref panel);
        panel.Asks = !hasWindows && length >= PanelAhead.ShortestSum;
        var isTurned = aColumn != 1;
        if (isTurned) AskForLeft(tile, length);
        var columns = tile.EndColumn - tile.FirstColumn;
        for (int column = 0, panelColumns; column < columns; column += panelColumns)
        {
            panelColumns = MicroTile.Columns(width, columns - column);
            var isStreamed = IsStreamed(columns, column + panelColumns);
            panel.BStep = isStreamed ? bRow : panelColumns;
            var from = isStreamed ? b + depth * bRow + tile.FirstColumn + column : packed + length * column;
            for (var row = tile.FirstRow; row < tile.EndRow; row += panel.Rows)
            {
                panel.Rows = MicroTile.Rows(width, panelColumns, tile.EndRow - row);
                panel.A = rows + (row - tile.FirstRow) * panel.ARow;
                var to = c + row * cRow + tile.FirstColumn + column;
                if (panel.Asks && isTurned) left.Deal(ref panel);
                else if (panel.Asks) right.Deal(ref panel);
                if (column + panelColumns <= columns) MicroTile.Run(width, panel, panelColumns, from, to);
                else RunEdge(panel, panelColumns, columns - column, from, to);
            }
        }
    }

    /// <summary>
    /// Whether a panel is read where B lies: where few rows would not repay the copy, and B has all of the panel's columns.
    /// </summary>
    readonly bool IsStreamed(int columns, int panelEnd) => !packs && panelEnd <= columns;

    /// <summary>The last columns, where the kernel is wider than what is left of C: through a tile of scratch.</summary>
    readonly void RunEdge(Panel panel, int panelColumns, int columns, float* from, float* to)
    {
        if (panel.Accumulate) Rectangle.Copy(to, cRow, edge, panelColumns, panel.Rows, columns);
        panel.CRow = panelColumns;
        MicroTile.Run(width, panel, panelColumns, from, edge);
        Rectangle.Copy(edge, panelColumns, to, cRow, panel.Rows, columns);
    }
}
