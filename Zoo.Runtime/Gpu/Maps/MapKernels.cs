using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// Kernels of a map alone: a thread an element where nothing is summed, a group a row where rows are, a group a tile where columns are too.
/// </summary>
static class MapKernels
{
    /// <summary>One thread an element, in row-major order.</summary>
    public static void Flat<TMap>(ArrayView<float> memory, FlatArguments arguments, MapOperands operands) where TMap : struct, IGpuMap
    {
        var index = Grid.GlobalIndex.X;
        if (index >= arguments.Rows * arguments.Columns) return;
        var row = index / arguments.Columns;
        TMap.At(memory, operands, row, index - row * arguments.Columns, default);
    }

    /// <summary>
    /// One group a row, or a block of its columns, for a map that sums no columns: each thread adds a stride of elements, a tree the
    /// threads.
    /// </summary>
    public static void Rows<TMap>(ArrayView<float> memory, RowArguments arguments, MapOperands operands) where TMap : struct, IGpuMap
    {
        var shared = SharedMemory.Allocate<float>(GroupTree.Threads);
        var (row, block, thread) = (Grid.IdxX, Grid.IdxY, Group.IdxX);
        var start = block * arguments.ColumnsPerBlock;
        var end = Math.Min(start + arguments.ColumnsPerBlock, arguments.Columns);
        MapSums sums = default;
        for (var column = start + thread; column < end; column += GroupTree.Threads)
            sums = sums.PlusRows(TMap.At(memory, operands, row, column, default));
        MapSums total = default;
        total.Row0 = Total(shared, thread, sums.Row0);
        if (TMap.RowSums > 1) total.Row1 = Total(shared, thread, sums.Row1);
        if (TMap.RowSums > 2) total.Row2 = Total(shared, thread, sums.Row2);
        if (TMap.RowSums > 3) total.Row3 = Total(shared, thread, sums.Row3);
        if (thread == 0) TMap.StoreRowSums(memory, operands, block, row, total);
    }

    static Lane Total(ArrayView<float> shared, int thread, Lane value)
    {
        GroupTree.Fold<Addition>(shared, thread, value, 1);
        var total = Lane.Load(shared, 0);
        // The next sum uses the same memory.
        Group.Barrier();
        return total;
    }

    /// <summary>One group a tile, behind a product that lies in memory if there is one.</summary>
    public static void Tiles<TMap>(ArrayView<float> memory, TileArguments arguments, MapOperands operands) where TMap : struct, IGpuMap
    {
        var tile = SharedMemory.Allocate<float>(MapTile.Floats);
        var columnBlocks = MapTile.Blocks(arguments.Columns);
        var (rowBlock, columnBlock) = (Grid.IdxX / columnBlocks, Grid.IdxX % columnBlocks);
        if (arguments.Product >= 0) Load(memory, arguments, tile, rowBlock, columnBlock);
        MapTile.Run<TMap>(memory, operands, tile, rowBlock, columnBlock, arguments.Rows, arguments.Columns);
    }

    /// <summary>Each thread fetches the elements that it will ask for itself, so no barrier is needed.</summary>
    static void Load(ArrayView<float> memory, TileArguments arguments, ArrayView<float> tile, int rowBlock, int columnBlock)
    {
        for (var i = Group.IdxY; i < MapTile.Size; i += MapTile.Side)
        {
            for (var j = Group.IdxX; j < MapTile.Size; j += MapTile.Side)
            {
                var (row, column) = (rowBlock * MapTile.Size + i, columnBlock * MapTile.Size + j);
                if (row < arguments.Rows && column < arguments.Columns)
                    tile[i * MapTile.Stride + j] = memory[arguments.Product + row * arguments.ProductStride + column];
            }
        }
    }
}
