namespace Zoo.Runtime;

/// <summary>
/// One worker's way through images that are sums of the windows of a product A·B. A tile is a few whole images, so that no two workers add
/// to one position. Where positions have vectors of channels they are products of <see cref="SubKernels"/>; else there are 64 columns of a
/// few rows of A·B at a time, in cache: they are added where they belong, and the next 64 columns take their place.
/// </summary>
unsafe ref struct WindowSumTiles
{
    const int ColumnsPerBlock = 64;
    const int DepthPerPass = 512;

    // So few rows of A·B that they are added up from L1.
    const int RowsPerChunk = 64;

    // Below this many operations worker 0 computes alone.
    const long SerialOperations = 50_000;

    readonly VectorWidth width;
    readonly ImageWindows windows;
    readonly float* a, b, images, packed, sums;
    readonly nint aRow, bRow, bColumn, imageFloats, position;
    readonly int channels, positions, windowsPerImage, columns, count, k, imagesPerBlock, end;

    // Whether all of B can be packed at once, for all tiles of this worker.
    readonly bool holdsAll;
    readonly bool isDense;

    // Whether minimal filters compute all images of this worker before the first tile.
    readonly bool isFiltered;
    readonly Worker worker;
    readonly WindowGeometry geometry;
    SubKernels subKernels;
    int next;
    bool isPacked, isComputed;

    public WindowSumTiles(
        Worker worker, Floats a, int aRowStride, Floats b, int bRowStride, int bColumnStride, Floats images, int positionStride,
        in WindowGeometry geometry, int channels, int count, int k, int imagesPerBlock)
    {
        width = MicroTile.Accelerated(worker.Width);
        windows = new(geometry, channels, positionStride);
        this.a = a.Address;
        this.b = b.Address;
        this.images = images.Address;
        packed = Scratch.Packed(worker);
        sums = Scratch.Windows(worker);
        (aRow, bRow, bColumn, position) = (aRowStride, bRowStride, bColumnStride, positionStride);
        positions = geometry.Positions;
        imageFloats = (nint)positions * positionStride;
        (this.channels, windowsPerImage, columns) = (channels, geometry.Count, geometry.Taps * channels);
        (this.count, this.k, this.imagesPerBlock) = (count, k, imagesPerBlock);
        holdsAll = (long)k * ((columns + ColumnsPerBlock - 1) / ColumnsPerBlock * ColumnsPerBlock) <= Scratch.PackedFloats;
        subKernels = new(worker, width, this.a, aRow, this.b, bRow, bColumn, this.images, position, geometry, channels, count, k);
        isDense = subKernels.IsOpen;
        (this.worker, this.geometry) = (worker, geometry);
        isFiltered = FilteredTiles.PayForImages(geometry, channels, bRowStride, bColumnStride, k);
        var blocks = (count + imagesPerBlock - 1) / imagesPerBlock;
        (next, end) = 2L * count * windowsPerImage * columns * k < SerialOperations
            ? (0, worker.Index == 0 ? blocks : 0)
            : worker.Share(blocks);
    }

    /// <summary>Computes the next tile.</summary>
    /// <param name="block">Its ordinal.</param>
    /// <param name="first">Its first image.</param>
    /// <param name="last">One past its last image.</param>
    public bool Next(out int block, out int first, out int last)
    {
        block = next;
        (first, last) = (block * imagesPerBlock, Math.Min((block + 1) * imagesPerBlock, count));
        if (block >= end) return false;
        next++;
        if (isFiltered)
        {
            if (!isComputed)
                FilteredSums.Images(worker, geometry, channels, a, aRow, b, bRow, bColumn, images, position, k, first,
                    Math.Min(end * imagesPerBlock, count));
            isComputed = true;
            return true;
        }
        if (isDense)
        {
            subKernels.Compute(first, last);
            return true;
        }
        Clear(first, last);
        if (holdsAll && !isPacked)
            for (var column = 0; column < columns; column += ColumnsPerBlock)
                Pack(column, Math.Min(ColumnsPerBlock, columns - column), 0, k, packed + k * column);
        isPacked = true;
        for (var column = 0; column < columns; column += ColumnsPerBlock)
            for (var depth = 0; depth < k; depth += DepthPerPass)
                Add(first * windowsPerImage, last * windowsPerImage, column, Math.Min(ColumnsPerBlock, columns - column), depth,
                    Math.Min(DepthPerPass, k - depth));
        return true;
    }

    readonly void Clear(int first, int last)
    {
        if (position == channels)
        {
            new Span<float>(images + first * imageFloats, checked((int)((last - first) * imageFloats))).Clear();
            return;
        }
        for (var row = first * positions; row < last * positions; row++) new Span<float>(images + row * position, channels).Clear();
    }

    /// <summary>Some columns of A·B, as far as a stretch of k gives them, to their positions.</summary>
    readonly void Add(int firstWindow, int endWindow, int firstColumn, int length, int depth, int stretch)
    {
        var panels = holdsAll ? packed + k * firstColumn : packed;
        if (!holdsAll) Pack(firstColumn, length, depth, stretch, panels);
        for (var window = firstWindow; window < endWindow; window += RowsPerChunk)
        {
            var rows = Math.Min(RowsPerChunk, endWindow - window);
            Multiply(window, rows, length, depth, stretch, panels);
            windows.Scatter(images, window, rows, firstColumn, length, sums, ColumnsPerBlock);
        }
    }

    readonly void Pack(int firstColumn, int length, int depth, int stretch, float* to)
    {
        for (int column = 0, panel; column < length; column += panel)
        {
            panel = MicroTile.Columns(width, length - column);
            Packing.Copy(b + depth * bRow + (firstColumn + column) * bColumn, bRow, bColumn, stretch, Math.Min(panel, length - column),
                to + stretch * column, panel);
        }
    }

    /// <summary>rows × length numbers of A·B; a kernel that is wider than what is left writes into columns that nobody reads.</summary>
    readonly void Multiply(int window, int rows, int length, int depth, int stretch, float* panels)
    {
        var panel = new Panel { A = a + window * aRow + depth, ARow = aRow, AStep = 1, CRow = ColumnsPerBlock, K = stretch };
        MicroTile.RunPanels(width, panel, rows, length, panels, sums);
    }
}
