using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Partitioning;

/// <summary>
/// Groups of threads for an accelerator: a product, or a map that sums columns, in tiles of 64 × 64; a map that sums rows only a group a row; one without
/// sums a thread an element; reductions as trees of at most two kernels. One queue runs kernel after kernel, so each is a level of its own and memory is free again at once.
/// </summary>
sealed class GpuTiling : ITiling
{
    /// <summary>Operations from which on a launch of a vendor's library and a trip of C through memory pay.</summary>
    const long LibraryOperations = 1L << 24;

    public int MostSums => GpuLimits.Sums;

    public int MiddlePerBlock(ReduceKernel kernel) => kernel.Inner is { PerRow: 0, Fixed: 1 } ? GpuLimits.RowPerBlock : GpuLimits.ColumnPerBlock;

    public Kernel Tile(Kernel kernel, ProgramPlan program, int rows) => kernel switch
    {
        MapKernel map when map.Body.RowSums.Count + map.Body.ColumnSums.Count == 0 => map with { RowsPerBlock = Extent.Of(1), ColumnsPerBlock = Extent.Of(1) },
        MapKernel map when map.Body.ColumnSums.Count == 0 => map with { RowsPerBlock = Extent.Of(1), ColumnsPerBlock = Extent.Of(GpuLimits.RowPerBlock) },
        MapKernel map => map with { RowsPerBlock = Extent.Of(GpuLimits.TileSize), ColumnsPerBlock = Extent.Of(GpuLimits.TileSize) },
        ProductKernel product => product with { StoresProduct = IsRead(product, program), PrefersLibrary = 2 * product.M.For(rows) * product.N * product.K.For(rows) >= LibraryOperations },
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

    /// <summary>Whether anybody finds C in memory: not if the map stores something else in its place, and not if C is the map's alone.</summary>
    bool IsRead(ProductKernel product, ProgramPlan program)
    {
        if (product.Epilogue is not { } map) return true;
        var place = map.Instructions.FirstOrDefault(i => i.IsProduct)?.Load;
        if (place is not null && map.Stores.Any(s => s.Target.Buffer == place.Buffer && s.Target.Offset == place.Offset && s.Target.Rows.Equals(place.Rows))) return false;
        return program.Buffers[product.C.Buffer].Kind != BufferKind.Activation
            || Readers(product.C.Buffer, program) > (product.Reads.Contains(product.C.Buffer) ? 1 : 0);
    }

    public Blocks BlocksOf(Kernel kernel, int rows) => kernel switch
    {
        ProductKernel product => new(Blocks.Count(product.M.For(rows), GpuLimits.TileSize), Blocks.Count(product.N, GpuLimits.TileSize), product.M, Extent.Of(product.N)),
        MapKernel map => new(
            Blocks.Count(map.Rows.For(rows), map.RowsPerBlock.Fixed), Blocks.Count(map.Columns.For(rows), map.ColumnsPerBlock.Fixed), map.Rows, map.Columns),
        _ => default,
    };

    public IEnumerable<Kernel> Schedule(IReadOnlyList<Kernel> kernels) => kernels.Select((kernel, i) => kernel with { Level = i });
}
