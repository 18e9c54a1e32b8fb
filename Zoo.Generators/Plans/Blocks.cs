namespace Zoo.Generators.Plans;

/// <summary>The grid of tiles that a map runs in, and how long what it sums over them is.</summary>
/// <param name="Rows">Tiles one below the other.</param>
/// <param name="Columns">Tiles side by side.</param>
/// <param name="RowCount">Length of a sum over columns.</param>
/// <param name="ColumnCount">Length of a sum over rows.</param>
public readonly record struct Blocks(int Rows, int Columns, Extent RowCount, Extent ColumnCount)
{
    /// <summary>Pieces of so many; 0 where one piece is all.</summary>
    public static int Count(long size, long perBlock) =>
        perBlock <= 0 || perBlock >= size ? 1 : checked((int)((size + perBlock - 1) / perBlock));
}
