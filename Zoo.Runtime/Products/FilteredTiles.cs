namespace Zoo.Runtime;

/// <summary>
/// One worker's tiles of a product of windows, or of their transpose, by minimal filters: <see cref="FilteredSums"/> and
/// <see cref="FilteredGradients"/>. All that is its share is computed before the first tile is handed out.
/// </summary>
unsafe ref struct FilteredTiles
{
    const int ColumnsPerBlock = 64;

    // Of the transpose, all taps of a phase and of so many channels belong together: a multiple of the tallest tile.
    const int ChannelsPerShare = 32;

    // Below this many operations worker 0 computes alone.
    const long SerialOperations = 50_000;

    // Minimal filters save a third of the products at least, or the sums around them cost more than they save.
    const double MostProducts = 2 / 3.0;

    const int FewestChannels = 16, FewestColumns = 32, FewestChannelsOfImages = 48;

    readonly Worker worker;
    readonly WindowGeometry geometry;
    readonly float* images, b, c;
    readonly nint position, bRow, bColumn, cRow;
    readonly int channels, m, n, k, rowsPerBlock, columnBlocks, rowBlocks, first, end;
    readonly bool isTransposed;
    int next, part;
    bool isComputed;

    public FilteredTiles(
        Worker worker, Floats images, int positionStride, in WindowGeometry geometry, int channels, bool transposed,
        Floats b, int bRowStride, int bColumnStride, Floats c, int cRowStride, int m, int n, int k)
    {
        this.worker = worker;
        this.images = images.Address;
        this.b = b.Address;
        this.c = c.Address;
        (position, bRow, bColumn, cRow) = (positionStride, bRowStride, bColumnStride, cRowStride);
        (this.geometry, this.channels, isTransposed) = (geometry, channels, transposed);
        (this.m, this.n, this.k) = (m, n, k);
        (rowsPerBlock, _) = Product.Grid(m, n, k);
        columnBlocks = (n + ColumnsPerBlock - 1) / ColumnsPerBlock;
        rowBlocks = (m + rowsPerBlock - 1) / rowsPerBlock;
        // Of windows, rows of tiles; of their transpose, phases by channels by tiles of columns.
        var phases = geometry.Stride * geometry.Stride;
        var shares = transposed ? phases * (channels / ChannelsPerShare) * columnBlocks : rowBlocks;
        (first, end) = 2L * m * n * k < SerialOperations ? (0, worker.Index == 0 ? shares : 0) : worker.Share(shares);
        next = first;
    }

    /// <summary>Whether minimal filters are worth it, by what does not change with the number of images.</summary>
    public static bool Pay(in WindowGeometry geometry, int channels, bool transposed, int bRowStride, int bColumnStride, int n) =>
        Apply(geometry) && channels >= FewestChannels && n >= FewestColumns
        && Save(geometry.WindowRows, geometry.WindowColumns, geometry.Kernel / geometry.Stride)
        && (transposed
            ? bColumnStride == 1 && channels % ChannelsPerShare == 0
            : n <= FilteredSums.MostColumns && (bRowStride == 1 || bColumnStride == 1));

    /// <summary>The same of images as sums of windows.</summary>
    public static bool PayForImages(in WindowGeometry geometry, int channels, int bRowStride, int bColumnStride, int k) =>
        Apply(geometry) && channels is >= FewestChannelsOfImages and <= FilteredSums.MostColumns && k >= FewestColumns
        && (bRowStride == 1 || bColumnStride == 1)
        && Save(geometry.Height / geometry.Stride, geometry.Width / geometry.Stride, geometry.Kernel / geometry.Stride);

    /// <summary>Whether a window is two or three taps of each phase along an axis.</summary>
    static bool Apply(in WindowGeometry geometry) =>
        geometry.Dilation == 1 && geometry.Stride * geometry.Stride <= FilteredGradients.MostPhases
        && geometry.Kernel % geometry.Stride == 0 && geometry.Kernel / geometry.Stride is 2 or 3;

    static bool Save(int rows, int columns, int taps) =>
        (double)new FilteredAxis(rows, taps).Points * new FilteredAxis(columns, taps).Points
            <= MostProducts * rows * taps * columns * taps;

    /// <summary>Computes on to the next finished tile.</summary>
    public bool Next(out Tile tile)
    {
        tile = default;
        if (next >= end) return false;
        if (!isComputed) Compute();
        isComputed = true;
        int row, column;
        if (isTransposed)
        {
            var (blocks, taps) = (ChannelsPerShare / rowsPerBlock, geometry.Kernel / geometry.Stride);
            var (tap, block) = Math.DivRem(part, blocks);
            var (phase, share) = Math.DivRem(next, channels / ChannelsPerShare * columnBlocks);
            var y = phase / geometry.Stride + tap / taps * geometry.Stride;
            var x = phase % geometry.Stride + tap % taps * geometry.Stride;
            row = (y * geometry.Kernel + x) * channels / rowsPerBlock + share / columnBlocks * blocks + block;
            column = share % columnBlocks;
            if (++part == taps * taps * blocks) (next, part) = (next + 1, 0);
        }
        else
        {
            (row, column) = (next, part);
            if (++part == columnBlocks) (next, part) = (next + 1, 0);
        }
        tile = new(row, column, row * rowsPerBlock, Math.Min(m, (row + 1) * rowsPerBlock), column * ColumnsPerBlock,
            Math.Min(n, (column + 1) * ColumnsPerBlock));
        return true;
    }

    readonly void Compute()
    {
        if (!isTransposed)
        {
            FilteredSums.Windows(worker, geometry, channels, images, position, b, bRow, bColumn, c, cRow, n, first * rowsPerBlock,
                Math.Min(m, end * rowsPerBlock));
            return;
        }
        var gradients = new FilteredGradients(worker, geometry, channels, images, position, b, bRow, c, cRow, k / geometry.Count);
        var perPhase = channels / ChannelsPerShare * columnBlocks;
        for (var share = first; share < end;)
        {
            var (phase, rest) = Math.DivRem(share, perPhase);
            var phases = rest == 0 ? Math.Max(1, (end - share) / perPhase) : 1;
            var until = Math.Min(end, (phase + phases) * perPhase);
            // Of a part of a phase: channels of which some columns are another worker's, those that are all this one's, and such again.
            var (channel, column) = Math.DivRem(rest, columnBlocks);
            var channelBlocks = (until - share) / phases / columnBlocks;
            if (column > 0 || channelBlocks == 0)
            {
                until = Math.Min(until, share - column + columnBlocks);
                var endColumn = Math.Min(n, (column + until - share) * ColumnsPerBlock);
                gradients.Compute(phase, phase + 1, channel * ChannelsPerShare, (channel + 1) * ChannelsPerShare, column * ColumnsPerBlock,
                    endColumn);
            }
            else
            {
                until = share + phases * channelBlocks * columnBlocks;
                gradients.Compute(phase, phase + phases, channel * ChannelsPerShare, (channel + channelBlocks) * ChannelsPerShare, 0, n);
            }
            share = until;
        }
    }
}
