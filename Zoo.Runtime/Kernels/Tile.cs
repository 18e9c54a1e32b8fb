namespace Zoo.Runtime;

/// <summary>
/// A rectangle of a kernel's iteration space. The grid of tiles depends on shapes only, never on the number of threads, so sums kept per
/// tile
/// and combined in order have the same bits on any number of threads.
/// </summary>
/// <param name="RowBlock">Ordinal of the tile's row block in the grid.</param>
/// <param name="ColumnBlock">Ordinal of the tile's column block in the grid.</param>
/// <param name="FirstRow">First row.</param>
/// <param name="EndRow">One past the last row.</param>
/// <param name="FirstColumn">First column.</param>
/// <param name="EndColumn">One past the last column.</param>
public readonly record struct Tile(int RowBlock, int ColumnBlock, int FirstRow, int EndRow, int FirstColumn, int EndColumn);
