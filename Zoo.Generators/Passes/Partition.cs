using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes.Partitioning;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes;

/// <summary>
/// Stage 7: cuts kernels into what a target runs at once, gives sums that several tiles feed a partial buffer and a kernel that adds the
/// parts in order, and puts kernels on levels. The cut depends on shapes only, so the bits do not depend on how many threads there are.
/// </summary>
public static class Partition
{
    public static ModelPlan ForCpu(ModelPlan model, CancellationToken cancellation = default) => Run(model, new CpuTiling(), cancellation);

    public static ModelPlan ForGpu(ModelPlan model, CancellationToken cancellation = default) => Run(model, new GpuTiling(), cancellation);

    static ModelPlan Run(ModelPlan model, ITiling tiling, CancellationToken cancellation)
    {
        var programs = model.Programs.Select(p => new Cut(p, model.RowsOf(p), tiling).Run(cancellation));
        return (model with { Programs = new(programs) }).Verified(PlanStage.Partitioned);
    }

    /// <summary>One program on its way into pieces.</summary>
    sealed class Cut(ProgramPlan program, int rows, ITiling tiling)
    {
        readonly List<PlanBuffer> buffers = [.. program.Buffers];
        readonly List<Kernel> kernels = [];

        public ProgramPlan Run(CancellationToken cancellation)
        {
            // Where each kernel's results are complete: what it stores in itself, its sums in the kernels that add their parts up.
            var completed = new List<List<int>>();
            foreach (var original in program.Kernels)
            {
                cancellation.ThrowIfCancellationRequested();
                var reads = new HashSet<int>(original.Reads);
                var after = original.After.SelectMany(a => completed[a].Where((k, i) => i == 0 || kernels[k].Writes.Any(reads.Contains)));
                var tiled = tiling.Tile(original, program, rows) with { After = new(after.Distinct().OrderBy(a => a)) };
                var first = kernels.Count;
                if (tiled is ReduceKernel reduction) AddReduction(reduction);
                else AddWithSums(tiled);
                completed.Add([.. Enumerable.Range(first, kernels.Count - first)]);
            }
            return program with { Buffers = new(buffers), Kernels = new(tiling.Schedule(kernels)) };
        }

        void AddWithSums(Kernel kernel)
        {
            var self = kernels.Count;
            kernels.Add(kernel);
            if (kernel.Map is not { HasSums: true } body) return;
            var blocks = kernel.Blocks(rows);
            var adders = new List<ReduceKernel>();
            var stores = body.Stores.ToList();
            ReduceKernel Adder(MapSum sum, int source, Extent outer, Extent middle, Extent inner, string summary)
            {
                var ordinal = adders.Count == 0 ? "" : (adders.Count + 1).ToString(CultureInfo.InvariantCulture);
                var adder = new ReduceKernel(
                    $"{kernel.Name}Sum{ordinal}", $"{Label(sum.Buffer)} = {summary}", 0, new([self]), false,
                    source, 0, sum.Buffer, sum.Offset, outer, middle, inner);
                adders.Add(adder);
                return adder;
            }

            // How many parts a sum has is a literal: no plan for any number of rows sums them.
            // Sums whose targets lie side by side keep their parts side by side: one kernel adds them all up.
            EquatableArray<MapSum> Split(IReadOnlyList<MapSum> sums, int count, Extent length)
            {
                if (count == 1 || sums.Count == 0) return new(sums);
                var parts = new MapSum[sums.Count];
                for (var first = 0; first < sums.Count;)
                {
                    var end = first + 1;
                    while (end < sums.Count && IsNext(sums[end - 1], sums[end], length)) end++;
                    var stride = length.Times(end - first);
                    var part = NewBuffer($"{buffers[sums[first].Buffer].Name}.parts", stride.Times(count));
                    Adder(sums[first], part, Extent.Of(1), Extent.Of(count), stride, $"Σ of its {count} parts, in order.");
                    for (var i = first; i < end; i++)
                        parts[i] = sums[i] with { Buffer = part, Offset = (i - first) * length.Fixed, BlockStride = stride };
                    first = end;
                }
                return new(parts);
            }

            static bool IsNext(MapSum a, MapSum b, Extent length) =>
                length.IsFixed && a.Buffer == b.Buffer && a.Offset + length.Fixed == b.Offset;

            // More sums than the kernel can hold: their summands go through memory.
            void Store(MapSum sum, bool isRowSum)
            {
                var values = NewBuffer($"{buffers[sum.Buffer].Name}.summands", Times(blocks.RowCount, blocks.ColumnCount));
                var stride = checked((int)blocks.ColumnCount.For(rows));
                stores.Add(new(sum.Value, new Operand(values, 0, new([new RowTerm(1, 0, stride)]), 1)));
                if (isRowSum) Adder(sum, values, blocks.RowCount, blocks.ColumnCount, Extent.Of(1), "Σ over columns.");
                else Adder(sum, values, Extent.Of(1), blocks.RowCount, blocks.ColumnCount, "Σ over rows.");
            }

            var (rowSums, columnSums) = (body.RowSums.Take(tiling.MostSums).ToList(), body.ColumnSums.Take(tiling.MostSums).ToList());
            foreach (var sum in body.RowSums.Skip(tiling.MostSums)) Store(sum, isRowSum: true);
            foreach (var sum in body.ColumnSums.Skip(tiling.MostSums)) Store(sum, isRowSum: false);
            body = body with
            {
                Stores = new(stores),
                RowSums = Split(rowSums, blocks.Columns, blocks.RowCount),
                ColumnSums = Split(columnSums, blocks.Rows, blocks.ColumnCount),
            };
            kernels[self] = kernel switch
            {
                ProductKernel p => p with { Epilogue = body },
                MapKernel m => m with { Body = body },
                _ => kernel,
            };
            foreach (var adder in adders) AddReduction(adder);
        }

        void AddReduction(ReduceKernel kernel)
        {
            var perBlock = tiling.MiddlePerBlock(kernel);
            var count = Blocks.Count(kernel.Middle.For(rows), perBlock);
            if (count <= 1)
            {
                kernels.Add(kernel);
                return;
            }
            var length = Times(kernel.Outer, kernel.Inner);
            var parts = NewBuffer($"{buffers[kernel.Target].Name}.parts", length.Times(count));
            kernels.Add(kernel with { Name = kernel.Name + "Parts", Target = parts, TargetOffset = 0, MiddlePerBlock = perBlock });
            kernels.Add(kernel with
            {
                Summary = $"{Label(kernel.Target)} = {(kernel.IsMax ? "max" : "Σ")} of its {count} parts, in order.",
                After = new([kernels.Count - 1]),
                Source = parts, SourceOffset = 0, Outer = Extent.Of(1), Middle = Extent.Of(count), Inner = length,
            });
        }

        int NewBuffer(string name, Extent length)
        {
            buffers.Add(new PlanBuffer(buffers.Count, name, BufferKind.Activation, length, -1));
            return buffers.Count - 1;
        }

        string Label(int buffer) => $"{(buffers[buffer].Kind == BufferKind.Gradient ? "∂" : "")}{buffers[buffer].Name}";

        static Extent Times(Extent a, Extent b) => (a, b) switch
        {
            ({ IsFixed: true }, _) => b.Times(a.Fixed),
            (_, { IsFixed: true }) => a.Times(b.Fixed),
            _ => throw new InvalidOperationException("Rows times rows."),
        };
    }
}
