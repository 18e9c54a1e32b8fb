using Zoo.Generators.Plans;
using Zoo.Runtime;

namespace Zoo.Benchmarks.Projections;

/// <summary>What a kernel of a plan must do, counted.</summary>
/// <param name="Flops">A product's 2·m·n·k and 1 for every elementwise operation; a draw's integers count nothing.</param>
/// <param name="Bytes">Every buffer that it reads and every one that it writes, each once and whole.</param>
/// <param name="Groups">Groups of threads that it is launched with.</param>
readonly record struct KernelCost(double Flops, double Bytes, long Groups)
{
    /// <summary>The kernels of a training step without losses, the optimiser's last.</summary>
    public static IReadOnlyList<KernelCost> OfTraining(ModelPlan plan)
    {
        var program = plan.Program("TrainingGradients");
        return [.. program.Kernels.Select(kernel => Of(kernel, program)), Adam(plan)];
    }

    static KernelCost Of(Kernel kernel, ProgramPlan program)
    {
        var writes = kernel.Writes;
        // A product that only its own map reads stays in registers, unless the map's result lies in its place.
        if (kernel is ProductKernel { StoresProduct: false, Epilogue: { } map } product && !map.Writes().Contains(product.C.Buffer))
            writes = writes.Where(buffer => buffer != product.C.Buffer);
        var floats = kernel.Reads.Concat(writes).Sum(buffer => program.Buffers[buffer].Length.For(program.Rows));
        return new(kernel.Flops(program.Rows), 4.0 * floats, GroupsOf(kernel, program.Rows));
    }

    static long GroupsOf(Kernel kernel, int rows) => kernel switch
    {
        ProductKernel p => Tiles(p.M.For(rows)) * Tiles(p.N),
        MapKernel { Body: { RowSums.Count: 0, ColumnSums.Count: 0 } } m => Flat(m.Rows.For(rows) * m.Columns.For(rows)),
        MapKernel { Body.ColumnSums.Count: 0 } m => m.Rows.For(rows) * Blocks(m.Columns.For(rows), m.ColumnsPerBlock.Fixed),
        MapKernel m => Tiles(m.Rows.For(rows)) * Tiles(m.Columns.For(rows)),
        DrawKernel d => Flat(d.Rows.For(rows) * ((d.Columns + 3) / 4)),
        ReduceKernel { Inner: { PerRow: 0, Fixed: 1 } } r => r.Outer.For(rows),
        ReduceKernel r => r.Outer.For(rows) * Blocks(r.Inner.For(rows), ReductionKernels.ColumnGroup),
        BatchProductKernel b => Flat(b.Count.For(rows) * b.M * b.N),
        ScatterKernel s => Flat((long)s.Columns * LabelledSumArguments.At(0, 0, 0, 0, 0, s.Columns, s.Classes).ClassBlocks),
        _ => throw new InvalidOperationException($"Nobody has said what {kernel.GetType().Name} is launched with."),
    };

    /// <summary>Not a kernel of the plan but of the optimiser: 16 operations a parameter; reads p, g, m and v, writes p, m and v.</summary>
    static KernelCost Adam(ModelPlan plan) => new(16.0 * plan.SectionFloats, 28.0 * plan.SectionFloats, Flat(plan.SectionFloats));

    static long Tiles(long size) => Blocks(size, MapTile.Size);

    static long Flat(long threads) => Blocks(threads, FlatGrid.GroupSize);

    static long Blocks(long size, int perBlock) => (size + perBlock - 1) / perBlock;
}
