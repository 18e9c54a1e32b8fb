using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Partitioning;

/// <summary>How many tiles there are each way, and what a sum over them is long.</summary>
/// <param name="Rows">Tiles one below the other.</param>
/// <param name="Columns">Tiles side by side.</param>
/// <param name="RowCount">Length of a sum over columns.</param>
/// <param name="ColumnCount">Length of a sum over rows.</param>
readonly record struct Blocks(int Rows, int Columns, Extent RowCount, Extent ColumnCount)
{
    public static int Count(long size, long perBlock) => (int)((size + perBlock - 1) / perBlock);
}
