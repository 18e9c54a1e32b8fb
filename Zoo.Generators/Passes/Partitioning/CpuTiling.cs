using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Partitioning;

/// <summary>Tiles for the workers of a team: few and large, with a barrier between levels.</summary>
sealed class CpuTiling : ITiling
{
    /// <summary>Elements of a map below which one tile does all: cutting costs more than it gains.</summary>
    const int SmallMap = 4096;
    const int MapTileElements = 8192;

    // Sums of four rows of B are sixteen, which so many rows of A repay; and they are made for whole stretches of 32 k by 32 columns.
    const int FewestRowsOfBits = 32, FewestSummandsOfBits = 32, FewestColumnsOfBits = 64;

    const int BitsPerWord = 32;

    public int MostSums => int.MaxValue;

    public int MiddlePerBlock(ReduceKernel kernel) => int.MaxValue;

    public Kernel Tile(Kernel kernel, ProgramPlan program, int rows) => kernel switch
    {
        MapKernel map => Tile(map, rows),
        ProductKernel product => Tile(product, rows),
        _ => kernel,
    };

    /// <summary>The grid of Zoo.Runtime.Product, which is a function of shapes: its numbers are part of what the two agree on.</summary>
    static ProductKernel Tile(ProductKernel product, int rows)
    {
        if (product.Images is { Role: ImageRole.Sum } images)
        {
            var perBlock = ProductGrid.ImagesPerBlock((int)product.ImageCount(rows), images.Windowing.Count);
            return product with { RowsPerBlock = perBlock * images.Floats / product.N, ColumnsPerBlock = product.N };
        }
        var (m, k) = (product.M.For(rows), product.K.For(rows));
        var (rowsPerBlock, columnsPerBlock) = ProductGrid.Of(m, product.N);
        // Whether the words fit is decided for as many rows as there can be: a sample must not depend on how many others there are.
        var ofBits = product.OfBits && m >= FewestRowsOfBits && k >= FewestSummandsOfBits && product.N >= FewestColumnsOfBits
            && m * ((k + BitsPerWord - 1) / BitsPerWord) <= ProductGrid.MostBitWords;
        return product with { RowsPerBlock = rowsPerBlock, ColumnsPerBlock = columnsPerBlock, OfBits = ofBits };
    }

    static MapKernel Tile(MapKernel map, int rows)
    {
        var (r, c) = (map.Rows.For(rows), map.Columns.For(rows));
        // Sums over columns need whole rows, sums over rows are cut by rows; a map of one long row is cut by columns.
        if (r * c <= SmallMap) return map with { RowsPerBlock = map.Rows, ColumnsPerBlock = map.Columns };
        if (r > 1)
        {
            var perBlock = (int)Math.Max(1, Math.Min(r, MapTileElements / c));
            return map with { RowsPerBlock = Extent.Of(perBlock), ColumnsPerBlock = map.Columns };
        }
        return map.Body.RowSums.Count > 0
            ? map with { RowsPerBlock = map.Rows, ColumnsPerBlock = map.Columns }
            : map with { RowsPerBlock = map.Rows, ColumnsPerBlock = Extent.Of(MapTileElements) };
    }

    /// <summary>By level, and within a level heavy kernels last: what worker 0 does alone comes first.</summary>
    public IEnumerable<Kernel> Schedule(IReadOnlyList<Kernel> kernels)
    {
        var level = new int[kernels.Count];
        for (var i = 0; i < kernels.Count; i++) level[i] = kernels[i].After.Count == 0 ? 0 : kernels[i].After.Max(a => level[a]) + 1;
        var order = Enumerable.Range(0, kernels.Count).OrderBy(i => level[i]).ThenBy(i => kernels[i] is ProductKernel ? 1 : 0).ToList();
        var place = order.Select((old, now) => (old, now)).ToDictionary(p => p.old, p => p.now);
        return order.Select(i => kernels[i] with { Level = level[i], After = new(kernels[i].After.Select(a => place[a]).OrderBy(a => a)) });
    }
}
