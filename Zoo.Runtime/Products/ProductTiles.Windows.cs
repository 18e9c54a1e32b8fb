namespace Zoo.Runtime;

/// <summary>
/// The part for windows over images. They are read where they are: a table says where the numbers of each lie from its first one, in the
/// image or, where windows hang over, in a copy with a border of zeros. Only of images that are too large for such copies are windows
/// brought together, as many as a tile has rows.
/// </summary>
unsafe ref partial struct ProductTiles
{
    // Rows of windows that are multiplied with a panel of B while it is in L1: those of a few tiles.
    const int MostWindowRows = 128;

    // The longest stretch of k where windows are too large to be read where they are, and are brought together again for every pass.
    const int DepthPerWindowPass = 512;

    // Windows transposed are brought together for four tiles below each other, so that a run of channels is long; and so many at a time.
    const int TransposedColumns = 4 * RowsPerBlock;
    const int DepthPerTransposedWindows = WindowFloats / TransposedColumns;

    /// <summary>Windows in a product's hands at a time.</summary>
    public const int WindowFloats = DepthPerWindowPass * RowsPerBlock;

    /// <summary>A is the windows over images, or their transpose.</summary>
    public ProductTiles(
        Worker worker, Floats images, int positionStride, in WindowGeometry geometry, int channels, bool transposed,
        Floats b, int bRowStride, int bColumnStride, Floats c, int cRowStride, int m, int n, int k)
        : this(worker, images, 0, 1, b, bRowStride, bColumnStride, c, cRowStride, m, n, k)
    {
        (hasWindows, isTransposed) = (true, transposed);
        gathered = Scratch.Windows(worker);
        offsets = Scratch.Table(worker);
        windows = new(geometry, channels, positionStride);
        places = new(images.Address, geometry, channels, positionStride, Scratch.Images(worker), Scratch.ImageFloats);
        ahead = new(packed);
        isDirect = places.Most >= RowsPerBlock;
        if (isDirect)
        {
            depthPerPass = DepthFor(k, transposed ? Math.Min(DepthPerTransposedPass, places.Most) : Scratch.PackedFloats / ColumnsPerBlock);
            packs = bColumn != 1 || bRow != n || TableKernel.Columns(width, n) != n;
        }
        else
        {
            depthPerPass = DepthFor(k, transposed ? DepthPerTransposedWindows : DepthPerWindowPass);
        }
    }

    /// <summary>The tile's rows of A: where they lie, or the windows that they are, which are brought together first.</summary>
    float* Left(in Tile tile, int length, ref Panel panel)
    {
        if (!hasWindows) return a + tile.FirstRow * aRow + depth * aColumn;
        var rows = tile.EndRow - tile.FirstRow;
        if (!isTransposed)
        {
            windows.Gather(a, tile.FirstRow, rows, depth, length, gathered, length);
            (panel.ARow, panel.AStep) = (length, 1);
            return gathered;
        }
        if (tile.FirstRow < gatheredColumn || tile.EndRow > gatheredEnd || depth != gatheredDepth)
        {
            var columns = Math.Min(TransposedColumns, Math.Min(m - tile.FirstRow, (end - next) * rowsPerBlock));
            windows.Gather(a, depth, length, tile.FirstRow, columns, gathered, TransposedColumns);
            (gatheredColumn, gatheredEnd, gatheredDepth) = (tile.FirstRow, tile.FirstRow + columns, depth);
        }
        (panel.ARow, panel.AStep) = (1, TransposedColumns);
        return gathered + (tile.FirstRow - gatheredColumn);
    }

    /// <summary>The places of a stretch of k: of numbers in a window, or of windows.</summary>
    void Locate(int length)
    {
        if (!isTransposed)
        {
            places.Columns(depth, length, offsets);
            return;
        }
        origin = places.Offsets(depth, length, offsets);
        var next = depth + length;
        var images = places.Ahead(Math.Min(k, next + depthPerPass), out var floats);
        // Only rows of B that lie close together are worth asking for from end to end.
        var rows = bColumn == 1 && bRow <= 2 * n ? Math.Min(k - next, depthPerPass) : 0;
        ahead.Ask(images, floats, b + next * bRow, rows * bRow);
    }

    /// <summary>A tile and some below it, so that a panel of B stays in L1 for all of them; those wait for their turns.</summary>
    void ComputeWindows(in Tile tile, int length)
    {
        if (next < computed) return;
        var most = isTransposed ? MostWindowRows : Math.Min(MostWindowRows, places.Most);
        computed = Math.Min(Math.Min(end, (next / rowBlocks + 1) * rowBlocks), next + Math.Max(1, most / rowsPerBlock));
        var rows = Math.Min(m, tile.FirstRow + (computed - next) * rowsPerBlock) - tile.FirstRow;
        var from = stackalloc float*[MostWindowRows];
        if (isTransposed)
        {
            var starts = stackalloc int[MostWindowRows];
            places.Columns(tile.FirstRow, rows, starts);
            for (var i = 0; i < rows; i++) from[i] = origin + starts[i];
        }
        else
        {
            places.Rows(tile.FirstRow, rows, from);
            // The images of the next tiles.
            var images = places.Ahead(Math.Min(m, tile.FirstRow + 2 * rows), out var floats);
            if (floats > 0) ahead.Ask(images, floats);
        }
        float** a = stackalloc float*[TableKernel.MostRows], to = stackalloc float*[TableKernel.MostRows];
        var panel = new TablePanel { A = a, C = to };
        var columns = tile.EndColumn - tile.FirstColumn;
        var stretch = DepthFor(length, DepthPerPass);
        for (var done = 0; done < length; done += stretch)
        {
            for (int column = 0, panelColumns; column < columns; column += panelColumns)
            {
                panelColumns = TableKernel.Columns(width, columns - column);
                var right = (packs ? packed + length * column : b + depth * bRow + tile.FirstColumn + column) + done * panelColumns;
                panel.Offsets = offsets + done;
                panel.K = Math.Min(stretch, length - done);
                panel.Accumulate = depth + done > 0;
                for (int row = 0, count; row < rows; row += count)
                {
                    count = Math.Min(TableKernel.Rows(panelColumns), rows - row);
                    var first = c + (tile.FirstRow + row) * cRow + tile.FirstColumn + column;
                    for (var i = 0; i < count; i++)
                    {
                        a[i] = from[row + i];
                        to[i] = first + i * cRow;
                    }
                    panel.Ahead = ahead.Deal(panel.K);
                    TableKernel.Run(panel, count, panelColumns, Math.Min(panelColumns, columns - column), right, edge);
                }
            }
        }
    }
}
