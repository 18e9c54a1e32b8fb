using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>
/// <see cref="Draws"/> for accelerators: the words are those of the processor bit for bit, and so are uniform numbers and classes.
/// </summary>
static class DrawKernels
{
    public static KernelConfig Config(in DrawArguments at) => FlatGrid.For(at.Rows * at.BlocksPerRow);

    /// <summary>Numbers of a distribution, one block of four columns a thread.</summary>
    public static void Fill<TDraw>(ArrayView<float> memory, DrawArguments at) where TDraw : struct, IDraw
    {
        var blocksPerRow = at.BlocksPerRow;
        var index = Grid.GlobalIndex.X;
        if (index >= at.Rows * blocksPerRow) return;
        var (row, block) = (index / blocksPerRow, index % blocksPerRow);
        var (w0, w1, w2, w3) = Philox.Blocks(
            Lane.BroadcastBits((uint)block), Lane.BroadcastBits(unchecked(at.FirstRow + (uint)row)), Lane.BroadcastBits(at.Word2),
            Lane.BroadcastBits(at.Word3),
            (ulong)at.Key1 << 32 | at.Key0);
        var (a, b, c, d) = TDraw.From(w0, w1, w2, w3);
        var first = at.Target + row * at.RowStride + 4 * block;
        var width = at.Columns - 4 * block;
        a.Store(memory, first);
        if (width > 1) b.Store(memory, first + 1);
        if (width > 2) c.Store(memory, first + 2);
        if (width > 3) d.Store(memory, first + 3);
    }

    /// <summary>Rows with a single 1; the threads of a row find its class each for itself.</summary>
    public static void OneHot(ArrayView<float> memory, DrawArguments at)
    {
        var blocksPerRow = at.BlocksPerRow;
        var index = Grid.GlobalIndex.X;
        if (index >= at.Rows * blocksPerRow) return;
        var (row, block) = (index / blocksPerRow, index % blocksPerRow);
        var (word, _, _, _) = Philox.Block(0, unchecked(at.FirstRow + (uint)row), at.Word2, at.Word3, (ulong)at.Key1 << 32 | at.Key0);
        var chosen = Philox.Class(word, at.Columns);
        var end = Math.Min(4 * block + 4, at.Columns);
        for (var column = 4 * block; column < end; column++) memory[at.Target + row * at.RowStride + column] = column == chosen ? 1f : 0f;
    }
}
