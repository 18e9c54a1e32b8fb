namespace Zoo.Runtime;

// Convolutions and moves of images, as emitted programs call them.
public abstract partial class GpuEngine
{
    /// <summary>C = windows·B or windowsᵀ·B, as <see cref="Zoo.Runtime.Product"/> has it on the processor.</summary>
    /// <param name="image">Offset of the first image.</param>
    /// <param name="positionStride">Floats from one position to the next.</param>
    /// <param name="geometry">How windows lie over an image.</param>
    /// <param name="channels">Numbers of a position.</param>
    /// <param name="transposed">Whether A is the transpose of the windows.</param>
    /// <param name="b">Offset of B's first element, k × n.</param>
    /// <param name="bRow">Floats from one row of B to the next.</param>
    /// <param name="bColumn">Floats from one column of B to the next.</param>
    /// <param name="c">Offset of C's first element, m × n; its columns are neighbours.</param>
    /// <param name="cRow">Floats from one row of C to the next.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">The summed axis.</param>
    protected void ProductOfWindows(
        int image, int positionStride, WindowGeometry geometry, int channels, bool transposed, int b, int bRow, int bColumn, int c,
        int cRow, int m, int n, int k)
    {
        if (m == 0 || n == 0) return;
        var at = OfWindows(image, positionStride, geometry, channels, transposed, new(0, 0, 1, b, bRow, bColumn, c, cRow, m, n, k));
        gpu.Kernels.Get<WindowProductArguments>(KernelKind.WindowProduct, "", static () => WindowProductKernels.Plain)(
            Queue(), MapTile.Grid(m, n), memory, at);
    }

    /// <summary>C = windows·B or windowsᵀ·B, then a map over C.</summary>
    /// <typeparam name="TMap">The map.</typeparam>
    /// <inheritdoc cref="ProductOfWindows(int, int, WindowGeometry, int, bool, int, int, int, int, int, int, int, int)"/>
    /// <param name="stores">Whether C itself must be in memory afterwards.</param>
    /// <param name="operands">Where the map's buffers lie.</param>
#pragma warning disable CS1573 // the other parameters are inherited
    protected void ProductOfWindows<TMap>(
        int image, int positionStride, WindowGeometry geometry, int channels, bool transposed, int b, int bRow, int bColumn, int c,
        int cRow, int m, int n, int k, bool stores, in MapOperands operands) where TMap : struct, IGpuMap
#pragma warning restore CS1573
    {
        if (m == 0 || n == 0) return;
        var at = OfWindows(image, positionStride, geometry, channels, transposed, new(0, 0, 1, b, bRow, bColumn, c, cRow, m, n, k));
        var launch = stores
            ? gpu.Kernels.Get<WindowProductArguments, MapOperands>(KernelKind.StoredAndMappedWindowProduct, TMap.ContentHash,
                static () => WindowProductKernels.StoredAndMapped<TMap>)
            : gpu.Kernels.Get<WindowProductArguments, MapOperands>(KernelKind.MappedWindowProduct, TMap.ContentHash,
                static () => WindowProductKernels.Mapped<TMap>);
        launch(Queue(), MapTile.Grid(m, n), memory, at, operands);
    }

    static WindowProductArguments OfWindows(
        int image, int positionStride, in WindowGeometry geometry, int channels, bool transposed, ProductArguments product) =>
        new(product, WindowArguments.At(image, positionStride, channels, geometry), transposed ? 1 : 0);

    /// <summary>Images as sums of the windows that A·B has as rows.</summary>
    /// <param name="a">Offset of A, a row of k for each window.</param>
    /// <param name="aRow">Floats from one row of A to the next.</param>
    /// <param name="b">Offset of B, k × taps·channels.</param>
    /// <param name="bRow">Floats from one row of B to the next.</param>
    /// <param name="bColumn">Floats from one column of B to the next.</param>
    /// <param name="image">Offset of the first image.</param>
    /// <param name="cRow">Floats from one row of the map over the images to the next.</param>
    /// <param name="geometry">How windows lie over an image.</param>
    /// <param name="channels">Numbers of a position.</param>
    /// <param name="m">Rows of the map.</param>
    /// <param name="n">Columns of the map.</param>
    /// <param name="k">The summed axis.</param>
    protected void WindowSums(
        int a, int aRow, int b, int bRow, int bColumn, int image, int cRow, WindowGeometry geometry, int channels, int m, int n, int k)
    {
        if (m == 0 || n == 0) return;
        var at = OfWindows(image, channels, geometry, channels, false, new(a, aRow, 1, b, bRow, bColumn, image, cRow, m, n, k));
        gpu.Kernels.Get<WindowProductArguments>(KernelKind.WindowSumProduct, "", static () => WindowSumKernels.Plain)(
            Queue(), FlatGrid.For(m * n), memory, at);
    }

    /// <summary>Images as sums of the windows that A·B has as rows, then a map over them.</summary>
    /// <typeparam name="TMap">The map.</typeparam>
    /// <inheritdoc cref="WindowSums(int, int, int, int, int, int, int, WindowGeometry, int, int, int, int)"/>
    /// <param name="stores">Whether the images themselves must be in memory afterwards.</param>
    /// <param name="operands">Where the map's buffers lie.</param>
#pragma warning disable CS1573 // the other parameters are inherited
    protected void WindowSums<TMap>(
        int a, int aRow, int b, int bRow, int bColumn, int image, int cRow, WindowGeometry geometry, int channels, int m, int n, int k,
        bool stores, in MapOperands operands) where TMap : struct, IGpuMap
#pragma warning restore CS1573
    {
        if (m == 0 || n == 0) return;
        var at = OfWindows(image, channels, geometry, channels, false, new(a, aRow, 1, b, bRow, bColumn, image, cRow, m, n, k));
        var launch = stores
            ? gpu.Kernels.Get<WindowProductArguments, MapOperands>(KernelKind.StoredAndMappedWindowSumProduct, TMap.ContentHash,
                static () => WindowSumKernels.StoredAndMapped<TMap>)
            : gpu.Kernels.Get<WindowProductArguments, MapOperands>(KernelKind.MappedWindowSumProduct, TMap.ContentHash,
                static () => WindowSumKernels.Mapped<TMap>);
        launch(Queue(), MapTile.Grid(m, n), memory, at, operands);
    }

    /// <summary>The windows over images, as <see cref="ImageMoves.Windows"/>.</summary>
    protected void Windows(int image, int positionStride, int windows, int windowStride, WindowGeometry geometry, int channels, int images)
    {
        if (images == 0) return;
        var at = new WindowMoveArguments(WindowArguments.At(image, positionStride, channels, geometry), windows, windowStride, images);
        gpu.Kernels.Get<WindowMoveArguments>(KernelKind.Windows, "", static () => WindowKernels.Gather)(
            Queue(), FlatGrid.For(images * geometry.Count * geometry.Taps * channels), memory, at);
    }

    /// <summary>Images as sums of their windows, as <see cref="ImageMoves.WindowSums"/>.</summary>
    protected void WindowSums(int windows, int windowStride, int image, int positionStride, WindowGeometry geometry, int channels,
        int images)
    {
        if (images == 0) return;
        var at = new WindowMoveArguments(WindowArguments.At(image, positionStride, channels, geometry), windows, windowStride, images);
        gpu.Kernels.Get<WindowMoveArguments>(KernelKind.WindowSums, "", static () => WindowKernels.Sum)(
            Queue(), FlatGrid.For(images * geometry.Positions * channels), memory, at);
    }

    /// <summary>The axes of every row in another order, as <see cref="ImageMoves.Permute"/>; up to six axes.</summary>
    protected void Permute(int source, int target, int rows, ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides)
    {
        if (rows == 0) return;
        Span<int> size = [1, 1, 1, 1, 1, 1], step = [0, 0, 0, 0, 0, 0];
        sizes.CopyTo(size[(6 - sizes.Length)..]);
        strides.CopyTo(step[(6 - strides.Length)..]);
        var floats = 1;
        foreach (var s in sizes) floats *= s;
        var at = new PermuteArguments(source, target, rows, floats, size[1], size[2], size[3], size[4], size[5],
            step[0], step[1], step[2], step[3], step[4], step[5]);
        gpu.Kernels.Get<PermuteArguments>(KernelKind.Permute, "", static () => WindowKernels.Permute)(
            Queue(), FlatGrid.For(rows * floats), memory, at);
    }
}
