namespace Zoo.Runtime;

/// <summary>The space of a map that a group runs over row by row.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="ColumnsPerBlock">Columns of a row that one group has; the sums of a longer row are parts.</param>
readonly record struct RowArguments(int Rows, int Columns, int ColumnsPerBlock)
{
    /// <summary>The grid: a row each along x, its blocks along y.</summary>
    public ILGPU.KernelConfig Config =>
        new(new ILGPU.Index2D(Rows, (Columns + ColumnsPerBlock - 1) / ColumnsPerBlock), new ILGPU.Index2D(GroupTree.Threads, 1));
}
