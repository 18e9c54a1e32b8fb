using System;

namespace Zoo.Generators.Passes;

/// <summary>
/// Tiles of a product: the same function as <c>Zoo.Runtime.Product.Grid</c>, repeated here because the compiler plans the memory of sums
/// per tile. A test holds the two together.
/// </summary>
public static class ProductGrid
{
    /// <summary>Words of bits that a product has room for: with more of them it adds up as one of any other numbers.</summary>
    public const int MostBitWords = 88_064;

    public static (int RowsPerBlock, int ColumnsPerBlock) Of(long m, int n)
    {
        var rows = 32;
        while (rows > 8 && (m + rows - 1) / rows * ((n + 63) / 64) < 8) rows /= 2;
        return (rows, 64);
    }

    /// <summary>
    /// Images of a tile, where a product's windows sum up to images: so many that a packed panel serves at least 192 windows, and so few
    /// that there are eight tiles to share.
    /// </summary>
    public static int ImagesPerBlock(int images, int windows) =>
        Math.Max(1, Math.Min((192 + windows - 1) / windows, images / 8));
}
