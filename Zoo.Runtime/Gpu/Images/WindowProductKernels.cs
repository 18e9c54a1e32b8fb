using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// Products of windows, as <see cref="ProductKernels"/>: slices of windows are brought into shared memory from the images, and lie nowhere
/// else.
/// </summary>
static class WindowProductKernels
{
    const int Side = MapTile.Side;
    const int Depth = ProductKernels.Depth;
    const int SliceFloats = ProductKernels.SliceFloats;

    /// <summary>C = windows·B, or windowsᵀ·B.</summary>
    public static void Plain(ArrayView<float> memory, WindowProductArguments at)
    {
        var tile = SharedMemory.Allocate<float>(MapTile.Floats);
        var p = at.Product;
        var columnBlocks = MapTile.Blocks(p.N);
        var (rowBlock, columnBlock) = (Grid.IdxX / columnBlocks, Grid.IdxX % columnBlocks);
        var c = Multiply(memory, at, tile, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
        ProductKernels.Store(memory, p, c, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
    }

    /// <summary>A map over C, which itself is not stored.</summary>
    public static void Mapped<TMap>(ArrayView<float> memory, WindowProductArguments at, MapOperands operands) where TMap : struct, IGpuMap
    {
        var tile = SharedMemory.Allocate<float>(MapTile.Floats);
        var p = at.Product;
        var columnBlocks = MapTile.Blocks(p.N);
        var (rowBlock, columnBlock) = (Grid.IdxX / columnBlocks, Grid.IdxX % columnBlocks);
        var c = Multiply(memory, at, tile, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
        ProductKernels.Spread(tile, c);
        MapTile.Run<TMap>(memory, operands, tile, rowBlock, columnBlock, p.M, p.N);
    }

    /// <summary>C, and a map over it.</summary>
    public static void StoredAndMapped<TMap>(ArrayView<float> memory, WindowProductArguments at, MapOperands operands)
        where TMap : struct, IGpuMap
    {
        var tile = SharedMemory.Allocate<float>(MapTile.Floats);
        var p = at.Product;
        var columnBlocks = MapTile.Blocks(p.N);
        var (rowBlock, columnBlock) = (Grid.IdxX / columnBlocks, Grid.IdxX % columnBlocks);
        var c = Multiply(memory, at, tile, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
        ProductKernels.Store(memory, p, c, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
        ProductKernels.Spread(tile, c);
        MapTile.Run<TMap>(memory, operands, tile, rowBlock, columnBlock, p.M, p.N);
    }

    static ProductKernels.Block Multiply(
        ArrayView<float> memory, in WindowProductArguments at, ArrayView<float> tile, int firstRow, int firstColumn)
    {
        var p = at.Product;
        var (x, y) = (Group.IdxX, Group.IdxY);
        // Channels are neighbours: columns of windows, rows of their transpose.
        var (aRow, aDepth, aRowStep, aDepthStep) = at.IsTransposed == 0 ? (y, x, Side, 0) : (y % 4 * Side + x, y / 4, 0, 4);
        var (bColumn, bDepth, bColumnStep, bDepthStep) = p.BColumn == 1 ? (y % 4 * Side + x, y / 4, 0, 4) : (y, x, Side, 0);
        var b0 = p.B + Math.Min(firstColumn + bColumn, p.N - 1) * p.BColumn;
        var b1 = p.B + Math.Min(firstColumn + bColumn + bColumnStep, p.N - 1) * p.BColumn;
        var b2 = p.B + Math.Min(firstColumn + bColumn + 2 * bColumnStep, p.N - 1) * p.BColumn;
        var b3 = p.B + Math.Min(firstColumn + bColumn + 3 * bColumnStep, p.N - 1) * p.BColumn;
        var (aSlot, aSlotStep) = (aDepth * MapTile.Stride + aRow, aDepthStep * MapTile.Stride + aRowStep);
        var (bSlot, bSlotStep) = (SliceFloats + bDepth * MapTile.Stride + bColumn, bDepthStep * MapTile.Stride + bColumnStep);
        ProductKernels.Block c = default;
        for (var k = 0; k < p.K; k += Depth)
        {
            var slice = (k & Depth) / Depth * 2 * SliceFloats;
            var (aAt, bAt) = (k + aDepth, k + bDepth);
            for (var i = 0; i < 4; i++)
                tile[slice + aSlot + i * aSlotStep] = Fetch(memory, at, firstRow + aRow + i * aRowStep, aAt + i * aDepthStep);
            tile[slice + bSlot] = ProductKernels.Fetch(memory, b0, bAt, p.K, p.BRow);
            tile[slice + bSlot + bSlotStep] = ProductKernels.Fetch(memory, b1, bAt + bDepthStep, p.K, p.BRow);
            tile[slice + bSlot + 2 * bSlotStep] = ProductKernels.Fetch(memory, b2, bAt + 2 * bDepthStep, p.K, p.BRow);
            tile[slice + bSlot + 3 * bSlotStep] = ProductKernels.Fetch(memory, b3, bAt + 3 * bDepthStep, p.K, p.BRow);
            Group.Barrier();
            c = c.Plus(ProductKernels.MultiplySlice(tile, slice + y, slice + SliceFloats + x));
        }
        Group.Barrier();
        return c;
    }

    static float Fetch(ArrayView<float> memory, in WindowProductArguments at, int row, int depth)
    {
        var (r, d) = (Math.Min(row, at.Product.M - 1), Math.Min(depth, at.Product.K - 1));
        var value = WindowKernels.Tap(memory, at.Windows, at.IsTransposed == 0 ? r : d, at.IsTransposed == 0 ? d : r);
        return depth < at.Product.K ? value : 0f;
    }
}
