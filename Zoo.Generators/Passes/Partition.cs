using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes;

/// <summary>
/// Stage 7, for the CPU: cuts maps into tiles, gives sums that several tiles feed a partial buffer and a kernel that adds the parts in order, and puts
/// kernels on levels with a barrier between. The cut depends on shapes only, so the bits do not depend on the number of threads.
/// </summary>
public static class Partition
{
    /// <summary>Elements of a map below which one tile does all: cutting costs more than it gains.</summary>
    const int SmallMap = 4096;
    const int MapTileElements = 8192;

    public static ModelPlan Run(ModelPlan model) => model with { Programs = new(model.Programs.Select(p => Run(p, model.RowsOf(p)))) };

    static ProgramPlan Run(ProgramPlan program, int rows)
    {
        var buffers = program.Buffers.ToList();
        var kernels = new List<Kernel>();
        // Where each kernel's results are complete: what it stores in itself, its sums in the kernels that add their parts up.
        var completed = new List<List<int>>();
        foreach (var original in program.Kernels)
        {
            var reads = original.Reads.ToList();
            var after = original.After.SelectMany(a => completed[a].Where((k, i) => i == 0 || kernels[k].Writes.Any(reads.Contains)));
            var kernel = original with { After = new(after.Distinct().OrderBy(a => a)) };
            kernel = kernel is MapKernel map ? Tile(map, rows) : kernel;
            var (blocks, body) = kernel switch
            {
                ProductKernel { Epilogue: { } epilogue } p => (Blocks.OfProduct(p, rows, program.Rows > 0), epilogue),
                MapKernel m => (Blocks.OfMap(m, rows), m.Body),
                _ => (default, null),
            };
            var self = kernels.Count;
            var adders = new List<Kernel>();
            if (body is not null)
            {
                MapSum Split(MapSum sum, int count, Extent length)
                {
                    if (count == 1) return sum;
                    var name = buffers[sum.Buffer].Name;
                    var part = new PlanBuffer(buffers.Count, $"{name}.parts", BufferKind.Activation, length.Times(count), -1);
                    buffers.Add(part);
                    adders.Add(new ReduceKernel($"{kernel.Name}Sum{(adders.Count == 0 ? "" : (adders.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))}", $"{(buffers[sum.Buffer].Kind == BufferKind.Gradient ? "∂" : "")}{name} = Σ of its {count} parts, in order.", 0, new([self]), false,
                        part.Id, 0, sum.Buffer, sum.Offset, Extent.Of(1), Extent.Of(count), length));
                    return sum with { Buffer = part.Id, Offset = 0, BlockStride = length };
                }

                body = body with
                {
                    RowSums = new(body.RowSums.Select(s => Split(s, blocks.Columns, blocks.RowCount))),
                    ColumnSums = new(body.ColumnSums.Select(s => Split(s, blocks.Rows, blocks.ColumnCount))),
                };
                kernel = kernel switch
                {
                    ProductKernel p => p with { Epilogue = body },
                    MapKernel m => m with { Body = body },
                    _ => kernel,
                };
            }
            kernels.Add(kernel);
            completed.Add([self, .. Enumerable.Range(self + 1, adders.Count)]);
            kernels.AddRange(adders);
        }
        return program with { Buffers = new(buffers), Kernels = new(Schedule(kernels)) };
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
    static IEnumerable<Kernel> Schedule(List<Kernel> kernels)
    {
        var level = new int[kernels.Count];
        for (var i = 0; i < kernels.Count; i++) level[i] = kernels[i].After.Count == 0 ? 0 : kernels[i].After.Max(a => level[a]) + 1;
        var order = Enumerable.Range(0, kernels.Count).OrderBy(i => level[i]).ThenBy(i => kernels[i] is ProductKernel ? 1 : 0).ToList();
        var place = order.Select((old, now) => (old, now)).ToDictionary(p => p.old, p => p.now);
        return order.Select(i => kernels[i] with { Level = level[i], After = new(kernels[i].After.Select(a => place[a]).OrderBy(a => a)) });
    }

    /// <summary>How many tiles there are each way, and what a sum over them is long.</summary>
    readonly record struct Blocks(int Rows, int Columns, Extent RowCount, Extent ColumnCount)
    {
        /// <summary>The grid of Zoo.Runtime.Product, which is a function of shapes: its numbers are part of what the two agree on.</summary>
        public static Blocks OfProduct(ProductKernel product, int rows, bool literal)
        {
            var (rowsPerBlock, columnsPerBlock) = ProductGrid.Of(product.M.For(rows), product.N);
            var rowBlocks = (int)((product.M.For(rows) + rowsPerBlock - 1) / rowsPerBlock);
            if (!literal && !product.M.IsFixed && product.Epilogue!.ColumnSums.Count > 0)
                throw new InvalidOperationException("A sum over the rows of a program for any number of rows.");
            return new(rowBlocks, (product.N + columnsPerBlock - 1) / columnsPerBlock, product.M, Extent.Of(product.N));
        }

        public static Blocks OfMap(MapKernel map, int rows) => new(
            (int)((map.Rows.For(rows) + map.RowsPerBlock.For(rows) - 1) / map.RowsPerBlock.For(rows)),
            (int)((map.Columns.For(rows) + map.ColumnsPerBlock.For(rows) - 1) / map.ColumnsPerBlock.For(rows)),
            map.Rows, map.Columns);
    }
}
