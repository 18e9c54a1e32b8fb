using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Partitioning;

/// <summary>
/// Groups of threads for an accelerator: a product, or a map that sums columns, in tiles of 64 × 64; a map that sums rows only a group
/// a row; one without sums a thread an element; reductions as trees of at most two kernels. One queue runs kernel after kernel, so each
/// is a level of its own and memory is free again at once.
/// </summary>
sealed class GpuTiling : ITiling
{
    /// <summary>Operations from which on a launch of a vendor's library and a trip of C through memory pay.</summary>
    const long LibraryOperations = 1L << 24;

    public int MostSums => GpuLimits.Sums;

    public int MiddlePerBlock(ReduceKernel kernel) =>
        kernel.Inner is { PerRow: 0, Fixed: 1 } ? GpuLimits.RowPerBlock : GpuLimits.ColumnPerBlock;

    public Kernel Tile(Kernel kernel, ProgramPlan program, int rows) => kernel switch
    {
        MapKernel map => Tile(map),
        ProductKernel product => product with
        {
            OfBits = false,
            StoresProduct = IsRead(product, program),
            PrefersLibrary = product.Images is null && 2 * product.M.For(rows) * product.N * product.K.For(rows) >= LibraryOperations,
            RowsPerBlock = GpuLimits.TileSize,
            ColumnsPerBlock = GpuLimits.TileSize,
        },
        _ => kernel,
    };

    /// <summary>How many kernels of the program that is being cut read each buffer.</summary>
    (ProgramPlan? Program, int[] Count) readers;

    int Readers(int buffer, ProgramPlan program)
    {
        if (!ReferenceEquals(readers.Program, program))
        {
            readers = (program, new int[program.Buffers.Count]);
            foreach (var read in program.Kernels.SelectMany(k => k.Reads.Distinct())) readers.Count[read]++;
        }
        return readers.Count[buffer];
    }

    static MapKernel Tile(MapKernel map)
    {
        var (strategy, rows, columns) = map.Body switch
        {
            { HasSums: false } => (MapStrategy.Elements, 1, 1),
            { ColumnSums.Count: 0 } => (MapStrategy.Rows, 1, GpuLimits.RowPerBlock),
            _ => (MapStrategy.Tiles, GpuLimits.TileSize, GpuLimits.TileSize),
        };
        return map with { Strategy = strategy, RowsPerBlock = Extent.Of(rows), ColumnsPerBlock = Extent.Of(columns) };
    }

    /// <summary>
    /// Whether anybody finds C in memory: not if the map stores something else in its place, and not if C is the map's alone.
    /// </summary>
    bool IsRead(ProductKernel product, ProgramPlan program)
    {
        if (product.Epilogue is not { } map) return true;
        var place = map.Instructions.FirstOrDefault(i => i.IsProduct)?.Load;
        if (place is not null && map.Stores.Any(s => s.Target with { ColumnStride = place.ColumnStride } == place)) return false;
        var c = product.C.Buffer;
        return program.Buffers[c].Kind != BufferKind.Activation || Readers(c, program) > (product.Reads.Contains(c) ? 1 : 0);
    }

    public IEnumerable<Kernel> Schedule(IReadOnlyList<Kernel> kernels) => kernels.Select((kernel, i) => kernel with { Level = i });
}
