namespace Zoo.Runtime;

/// <summary>The space of a map in tiles, and the product that it stands behind.</summary>
/// <param name="rows">Rows.</param>
/// <param name="columns">Columns.</param>
/// <param name="product">Where the product lies; −1 for none.</param>
/// <param name="productStride">Floats from one of its rows to the next.</param>
readonly struct TileArguments(int rows, int columns, int product, int productStride)
{
    public readonly int Rows = rows, Columns = columns, ColumnBlocks = (columns + MapTile.Size - 1) / MapTile.Size;
    public readonly int Product = product, ProductStride = productStride;
}
