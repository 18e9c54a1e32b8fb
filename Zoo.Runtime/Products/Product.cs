namespace Zoo.Runtime;

/// <summary>
/// Matrix products C = A·B in single precision. Every element is one chain of fused multiply-adds over k in ascending order, started from
/// zero, whatever the shapes, the position, the vector width and the number of workers: a row's result does not depend on how many rows
/// there are. Of an A of zeros and ones it is a chain of sums of four, with as much to rely on: see OfBits. Of windows it may be a sum
/// of such chains over differences (minimal filters, Winograd 1980): of an image, whatever the others, the vector width and the workers.
/// </summary>
public static class Product
{
    /// <summary>
    /// Computes C = A·B and runs <paramref name="map"/> over each tile of C as soon as it is finished, while it is in cache. All workers of
    /// a
    /// team call it together; there is no barrier inside. Below 50,000 operations worker 0 computes alone.
    /// </summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="a">A, m × k.</param>
    /// <param name="aRowStride">Floats from a row of A to the next; 1 where A is stored transposed.</param>
    /// <param name="aColumnStride">Floats from a column of A to the next; 1 where A is row-major.</param>
    /// <param name="b">B, k × n.</param>
    /// <param name="bRowStride">Floats from a row of B to the next; 1 where B is stored transposed.</param>
    /// <param name="bColumnStride">Floats from a column of B to the next; 1 where B is row-major.</param>
    /// <param name="c">C, m × n, row-major; overlaps neither A nor B.</param>
    /// <param name="cRowStride">Floats from a row of C to the next, at least n.</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="map">The kernel that follows; it sees the tiles of <see cref="Grid"/>.</param>
    public static void Run<TMap>(
        Worker worker,
        Floats a, int aRowStride, int aColumnStride,
        Floats b, int bRowStride, int bColumnStride,
        Floats c, int cRowStride,
        int m, int n, int k, TMap map) where TMap : struct, IMap
    {
        var tiles = new ProductTiles(worker, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, m, n, k);
        while (tiles.Next(out var tile)) Maps.Run(worker.Width, tile, ref map);
    }

    /// <summary>Computes C = A·B.</summary>
    /// <inheritdoc cref="Run{TMap}"/>
    public static void Run(
        Worker worker,
        Floats a, int aRowStride, int aColumnStride,
        Floats b, int bRowStride, int bColumnStride,
        Floats c, int cRowStride,
        int m, int n, int k)
    {
        var tiles = new ProductTiles(worker, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, m, n, k);
        while (tiles.Next(out _)) { }
    }

    /// <summary>
    /// The same for an A that holds zeros and ones, as samples of binary units do: the sums that four rows of B can have are made once, and
    /// each row of A chooses among them. Where a number of A is another, or there are too many to keep in mind, C is what
    /// <see cref="Run{TMap}"/> makes of it, to the bit. Else every element is the sum, over k in fours in ascending order, of the sums of
    /// each four.
    /// </summary>
    /// <inheritdoc cref="Run{TMap}"/>
    public static void OfBits<TMap>(
        Worker worker,
        Floats a, int aRowStride, int aColumnStride,
        Floats b, int bRowStride, int bColumnStride,
        Floats c, int cRowStride,
        int m, int n, int k, TMap map) where TMap : struct, IMap
    {
        var tiles = ProductTiles.OfBits(worker, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, m, n, k);
        while (tiles.Next(out var tile)) Maps.Run(worker.Width, tile, ref map);
    }

    /// <summary>Computes C = A·B for an A of zeros and ones.</summary>
    /// <inheritdoc cref="OfBits{TMap}"/>
    public static void OfBits(
        Worker worker,
        Floats a, int aRowStride, int aColumnStride,
        Floats b, int bRowStride, int bColumnStride,
        Floats c, int cRowStride,
        int m, int n, int k)
    {
        var tiles = ProductTiles.OfBits(worker, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, m, n, k);
        while (tiles.Next(out _)) { }
    }

    /// <summary>
    /// The same where A is the windows over images: a convolution, or where they are transposed its gradient by the weight. A window lies
    /// nowhere: it is read from the image while a tile needs it. Where that saves a third of the multiplications, minimal filters are
    /// taken.
    /// </summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="images">Images, a row of channels for each position.</param>
    /// <param name="positionStride">Floats from one position to the next.</param>
    /// <param name="geometry">How windows lie over an image.</param>
    /// <param name="channels">Channels of a position.</param>
    /// <param name="transposed">Whether A is the transpose: taps·channels × windows, and not windows × taps·channels.</param>
    /// <param name="b">B, k × n.</param>
    /// <param name="bRowStride">Floats from a row of B to the next; 1 where B is stored transposed.</param>
    /// <param name="bColumnStride">Floats from a column of B to the next; 1 where B is row-major.</param>
    /// <param name="c">C, m × n, row-major; overlaps neither the images nor B.</param>
    /// <param name="cRowStride">Floats from a row of C to the next, at least n.</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="map">The kernel that follows; it sees the tiles of <see cref="Grid"/>.</param>
    public static void OfWindows<TMap>(
        Worker worker, Floats images, int positionStride, WindowGeometry geometry, int channels, bool transposed,
        Floats b, int bRowStride, int bColumnStride, Floats c, int cRowStride, int m, int n, int k, TMap map) where TMap : struct, IMap
    {
        if (FilteredTiles.Pay(geometry, channels, transposed, bRowStride, bColumnStride, n))
        {
            var filtered = new FilteredTiles(worker, images, positionStride, geometry, channels, transposed, b, bRowStride, bColumnStride,
                c, cRowStride, m, n, k);
            while (filtered.Next(out var tile)) Maps.Run(worker.Width, tile, ref map);
            return;
        }
        var tiles = new ProductTiles(worker, images, positionStride, geometry, channels, transposed, b, bRowStride, bColumnStride, c,
            cRowStride, m, n, k);
        while (tiles.Next(out var tile)) Maps.Run(worker.Width, tile, ref map);
    }

    /// <summary>Computes C = windows·B, or windowsᵀ·B.</summary>
    /// <inheritdoc cref="OfWindows{TMap}"/>
    public static void OfWindows(
        Worker worker, Floats images, int positionStride, WindowGeometry geometry, int channels, bool transposed,
        Floats b, int bRowStride, int bColumnStride, Floats c, int cRowStride, int m, int n, int k)
    {
        if (FilteredTiles.Pay(geometry, channels, transposed, bRowStride, bColumnStride, n))
        {
            var filtered = new FilteredTiles(worker, images, positionStride, geometry, channels, transposed, b, bRowStride, bColumnStride,
                c, cRowStride, m, n, k);
            while (filtered.Next(out _)) { }
            return;
        }
        var tiles = new ProductTiles(worker, images, positionStride, geometry, channels, transposed, b, bRowStride, bColumnStride, c,
            cRowStride, m, n, k);
        while (tiles.Next(out _)) { }
    }

    /// <summary>
    /// Images as sums of the windows that a product A·B has as rows: a transposed convolution, or a convolution's gradient by its input.
    /// Every number of A·B is multiplied once, none of them with a zero that a stride would put in between, and goes to its position while
    /// it is in cache; then <paramref name="map"/> runs over the finished images.
    /// </summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="a">A, a row of k for each window of each image.</param>
    /// <param name="aRowStride">Floats from a row of A to the next.</param>
    /// <param name="b">B, k × taps·channels.</param>
    /// <param name="bRowStride">Floats from a row of B to the next; 1 where B is stored transposed.</param>
    /// <param name="bColumnStride">Floats from a column of B to the next; 1 where B is row-major.</param>
    /// <param name="images">Images, a row of channels for each position; they overlap neither A nor B.</param>
    /// <param name="positionStride">Floats from one position to the next.</param>
    /// <param name="geometry">How windows lie over an image.</param>
    /// <param name="channels">Channels of a position.</param>
    /// <param name="count">Images.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="imagesPerBlock">Images of a tile.</param>
    /// <param name="rowsPerImage">Rows of the map that an image is.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="map">The kernel that follows.</param>
    public static void WindowSums<TMap>(
        Worker worker, Floats a, int aRowStride, Floats b, int bRowStride, int bColumnStride,
        Floats images, int positionStride, WindowGeometry geometry, int channels, int count, int k,
        int imagesPerBlock, int rowsPerImage, int columns, TMap map) where TMap : struct, IMap
    {
        var tiles = new WindowSumTiles(worker, a, aRowStride, b, bRowStride, bColumnStride, images, positionStride, geometry, channels,
            count, k, imagesPerBlock);
        while (tiles.Next(out var block, out var first, out var end))
            Maps.Run(worker.Width, new Tile(block, 0, first * rowsPerImage, end * rowsPerImage, 0, columns), ref map);
    }

    /// <summary>Images as sums of the windows that A·B has as rows.</summary>
    /// <inheritdoc cref="WindowSums{TMap}"/>
    public static void WindowSums(
        Worker worker, Floats a, int aRowStride, Floats b, int bRowStride, int bColumnStride,
        Floats images, int positionStride, WindowGeometry geometry, int channels, int count, int k, int imagesPerBlock)
    {
        var tiles = new WindowSumTiles(worker, a, aRowStride, b, bRowStride, bColumnStride, images, positionStride, geometry, channels,
            count, k, imagesPerBlock);
        while (tiles.Next(out _, out _, out _)) { }
    }

    /// <summary>
    /// The tiles of a product, by shape alone: 64 columns by 32 rows, by 16 or 8 where there would be fewer than 8 tiles to share.
    /// Memory for sums per tile is planned from this at compile time.
    /// </summary>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Length of the sums.</param>
    public static (int RowsPerBlock, int ColumnsPerBlock) Grid(int m, int n, int k)
    {
        _ = k;
        var rows = 32;
        while (rows > 8 && ((m + rows - 1) / rows) * ((n + 63) / 64) < 8) rows /= 2;
        return (rows, 64);
    }
}
