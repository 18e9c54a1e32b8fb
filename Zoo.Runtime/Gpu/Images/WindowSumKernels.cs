using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// Images as sums of the windows that a product makes, gathered: a thread adds up what lies on its numbers, tap by tap, so that nothing is
/// multiplied with a zero that a stride would put in between, and no two threads write to one place.
/// </summary>
static class WindowSumKernels
{
    /// <summary>The images alone.</summary>
    public static void Plain(ArrayView<float> memory, WindowProductArguments at)
    {
        var index = Grid.GlobalIndex.X;
        var p = at.Product;
        if (index >= p.M * p.N) return;
        var row = index / p.N;
        memory[p.C + row * p.CRow + index - row * p.N] = Number(memory, at, index);
    }

    /// <summary>A map over the images, which themselves are stored where somebody else reads them.</summary>
    public static void Mapped<TMap>(ArrayView<float> memory, WindowProductArguments at, MapOperands operands) where TMap : struct, IGpuMap
    {
        var tile = SharedMemory.Allocate<float>(MapTile.Floats);
        var (rowBlock, columnBlock) = Fill(memory, at, tile, false);
        MapTile.Run<TMap>(memory, operands, tile, rowBlock, columnBlock, at.Product.M, at.Product.N);
    }

    /// <summary>The images, and a map over them.</summary>
    public static void StoredAndMapped<TMap>(ArrayView<float> memory, WindowProductArguments at, MapOperands operands)
        where TMap : struct, IGpuMap
    {
        var tile = SharedMemory.Allocate<float>(MapTile.Floats);
        var (rowBlock, columnBlock) = Fill(memory, at, tile, true);
        MapTile.Run<TMap>(memory, operands, tile, rowBlock, columnBlock, at.Product.M, at.Product.N);
    }

    /// <summary>Each thread's numbers into the slots that it will read itself.</summary>
    static (int RowBlock, int ColumnBlock) Fill(ArrayView<float> memory, in WindowProductArguments at, ArrayView<float> tile, bool stores)
    {
        var p = at.Product;
        var columnBlocks = MapTile.Blocks(p.N);
        var (rowBlock, columnBlock) = (Grid.IdxX / columnBlocks, Grid.IdxX % columnBlocks);
        for (var i = Group.IdxY; i < MapTile.Size; i += MapTile.Side)
        {
            for (var j = Group.IdxX; j < MapTile.Size; j += MapTile.Side)
            {
                var (row, column) = (rowBlock * MapTile.Size + i, columnBlock * MapTile.Size + j);
                if (row < p.M && column < p.N)
                {
                    var number = Number(memory, at, row * p.N + column);
                    tile[i * MapTile.Stride + j] = number;
                    if (stores) memory[p.C + row * p.CRow + column] = number;
                }
            }
        }
        return (rowBlock, columnBlock);
    }

    /// <summary>Σ over the taps on a position of a row of A times a column of B.</summary>
    static float Number(ArrayView<float> memory, in WindowProductArguments at, int index)
    {
        var (p, w) = (at.Product, at.Windows);
        var position = index / w.Channels;
        var channel = index - position * w.Channels;
        var (image, y, x) = WindowKernels.Place(w, position);
        var sum = 0f;
        for (var tap = 0; tap < w.Kernel * w.Kernel; tap++)
        {
            var window = WindowKernels.WindowOn(w, image, y, x, tap);
            if (window >= 0)
            {
                var (a, b) = (p.A + window * p.ARow, p.B + (tap * w.Channels + channel) * p.BColumn);
                var part = 0f;
                for (var k = 0; k < p.K; k++) part += memory[a + k] * memory[b + k * p.BRow];
                sum += part;
            }
        }
        return sum;
    }
}
