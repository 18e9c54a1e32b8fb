using ILGPU;

namespace Zoo.Runtime;

/// <summary>Kernels of a map alone: a thread an element where nothing is summed, else a group a tile.</summary>
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
