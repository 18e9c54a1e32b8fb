using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>Reductions of one axis: each thread folds a stride, a tree in shared memory the threads. The same bits at every run.</summary>
static class ReductionKernels
{
    /// <summary>Threads of a group of <see cref="Rows"/>.</summary>
    public const int RowGroup = GroupTree.Threads;

    /// <summary>Elements of a row that one group folds unless there is a reason to differ.</summary>
    public const int RowMiddlePerBlock = 4096;

    /// <summary>A group of <see cref="Columns"/> has so many columns, and so many threads on each.</summary>
    public const int ColumnGroup = 16;

    /// <summary>Elements of a column that one group folds unless there is a reason to differ.</summary>
    public const int ColumnMiddlePerBlock = 256;

    /// <summary>The grid of <see cref="Rows"/>: never empty, and its groups guard against rows past the end.</summary>
    public static KernelConfig RowConfig(in ReductionArguments at) =>
        new(new Index2D(Math.Max(1, at.Outer), at.Blocks), new Index2D(RowGroup, 1));

    /// <summary>The grid of <see cref="Columns"/>.</summary>
    public static KernelConfig ColumnConfig(in ReductionArguments at) =>
        new(new Index2D(Math.Max(1, at.Outer * ColumnBlocks(at.Inner)), at.Blocks), new Index2D(ColumnGroup, ColumnGroup));

    /// <summary>For inner = 1: a group for each row and block.</summary>
    public static void Rows<TFold>(ArrayView<float> memory, ReductionArguments at) where TFold : struct, IFold
    {
        var shared = SharedMemory.Allocate<float>(GroupTree.Threads);
        var (row, block, thread) = (Grid.IdxX, Grid.IdxY, Group.IdxX);
        var isInside = row < at.Outer;
        var start = block * at.MiddlePerBlock;
        var end = isInside ? Math.Min(start + at.MiddlePerBlock, at.Middle) : start;
        var folded = new Lane(TFold.Identity);
        for (var m = start + thread; m < end; m += GroupTree.Threads)
            folded = TFold.Combine(folded, Lane.Load(memory, at.Source + row * at.Middle + m));
        GroupTree.Fold<TFold>(shared, thread, folded, 1);
        if (thread == 0 && isInside) memory[at.Target + block * at.Outer + row] = shared[0];
    }

    /// <summary>
    /// For inner > 1: a group for each 16 columns and block, whose threads lie 16 by 16, neighbours on neighbouring columns.
    /// </summary>
    public static void Columns<TFold>(ArrayView<float> memory, ReductionArguments at) where TFold : struct, IFold
    {
        var shared = SharedMemory.Allocate<float>(GroupTree.Threads);
        var (x, y, block) = (Group.IdxX, Group.IdxY, Grid.IdxY);
        // Outer rows lie along x too, because a device's grid is long in that direction only.
        var columnBlocks = Math.Max(1, (at.Inner + ColumnGroup - 1) / ColumnGroup);
        var (o, i) = (Grid.IdxX / columnBlocks, Grid.IdxX % columnBlocks * ColumnGroup + x);
        var isInside = o < at.Outer && i < at.Inner;
        var start = block * at.MiddlePerBlock;
        var end = isInside ? Math.Min(start + at.MiddlePerBlock, at.Middle) : start;
        var folded = new Lane(TFold.Identity);
        for (var m = start + y; m < end; m += ColumnGroup)
            folded = TFold.Combine(folded, Lane.Load(memory, at.Source + (o * at.Middle + m) * at.Inner + i));
        GroupTree.Fold<TFold>(shared, y * ColumnGroup + x, folded, ColumnGroup);
        if (y == 0 && isInside) memory[at.Target + (block * at.Outer + o) * at.Inner + i] = shared[x];
    }

    static int ColumnBlocks(int inner) => (inner + ColumnGroup - 1) / ColumnGroup;
}
