namespace Zoo.Runtime;

/// <summary>The space of a map in tiles, and the product that it stands behind.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Product">Where the product lies; −1 for none.</param>
/// <param name="ProductStride">Floats from one of its rows to the next.</param>
readonly record struct TileArguments(int Rows, int Columns, int Product, int ProductStride);
