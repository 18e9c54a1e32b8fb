using System.Diagnostics;
using System.Globalization;
using Zoo.Generators.Emission;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Benchmarks.Generation;

/// <summary>
/// The second half of <c>generator</c>: every stage, warm, of networks of 5 to 200 layers. The exponent is that of the growth from the row
/// before: 1 is linear. The last line says how many times more a layer of the deepest network costs than one of the shallowest. What the
/// half for accelerators costs, which only projects that reference ILGPU have, stands in a column of its own beside the sum of the others.
/// </summary>
static class GrowthReport
{
    static readonly int[] Depths = [5, 10, 20, 40, 80, 100, 200];
    static readonly string[] Stages =
    [
        "trace", "programs", .. Pipeline.GraphStages.Select(s => Short(s.Name)), "fuse",
        .. Pipeline.PlanStages(Target.Cpu).Select(s => Short(s.Name)),
        "emit", "surface", "gpu",
    ];

    public static void Run(Output output)
    {
        foreach (var (kind, layer) in DeepModel.Kinds)
        {
            output.Remark($"\n{kind}: {layer}, milliseconds by stage; 'gpu', not in 'all', is its own partition, memory and emission");
            output.Remark($"{"layers",6} {"all",8} {"with gpu",8} {"exponent",8}  {string.Join(' ', Stages.Select(s => $"{s,9}"))}");
            var totals = new List<double>();
            for (var row = 0; row < Depths.Length; row++)
            {
                var times = Best(DeepModel.Source(layer, Depths[row]), row == 0 ? 15 : 5);
                totals.Add(times.Sum() - times[^1]);
                double? exponent = row == 0 ? null : Exponent(totals[row] / totals[row - 1], (double)Depths[row] / Depths[row - 1]);
                var stages = string.Join(' ', times.Select(t => t.ToString("F1", CultureInfo.InvariantCulture).PadLeft(9)));
                output.Figure(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{"2×" + Depths[row],6} {totals[row],8:F1} {totals[row] + times[^1],8:F1} {exponent,8:F2}  {stages}"),
                    [
                        ("case", kind), ("layers", Depths[row]), ("ms", totals[row]), ("ms_with_gpu", totals[row] + times[^1]),
                        ("exponent", exponent),
                        .. Stages.Select((s, i) => ("ms_" + s, (object?)times[i])),
                    ]);
            }
            var ratio = totals[^1] / totals[0] * Depths[0] / Depths[^1];
            output.Figure(string.Create(CultureInfo.InvariantCulture, $"{ratio:F2} times linear from {Depths[0]} to {Depths[^1]} layers"),
                ("case", kind), ("times_linear", ratio));
        }
    }

    /// <summary>As a column head.</summary>
    static string Short(string name) => name.ToLowerInvariant();

    static double Exponent(double cost, double size) => Math.Log(cost) / Math.Log(size);

    /// <summary>The shortest time of each stage; the first runs warm the code up.</summary>
    static double[] Best(string source, int runs)
    {
        var best = Enumerable.Repeat(double.MaxValue, Stages.Length).ToArray();
        for (var run = 0; run < runs; run++)
        {
            var times = new double[Stages.Length];
            var stage = 0;
            T Timed<T>(Func<T> work)
            {
                var start = Stopwatch.GetTimestamp();
                var result = work();
                times[stage] += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                stage++;
                return result;
            }

            var model = ModelSource.Declaration(source, "Deep");
            var trace = Timed(() => ModelTracer.Trace(model.Type, model.Attribute, model.Semantics, Variant.All[0],
                CancellationToken.None).Model
                ?? throw new InvalidOperationException("The model does not trace."));
            var built = Timed(() => BuildPrograms.Run(trace));
            var graph = built.Graph;
            foreach (var (_, work) in Pipeline.GraphStages) graph = Timed(() => work(graph, CancellationToken.None));
            var fused = Timed(() => Pipeline.RunFuse(graph, CancellationToken.None));
            var plan = fused;
            foreach (var (_, work) in Pipeline.PlanStages(Target.Cpu)) plan = Timed(() => work(plan, CancellationToken.None));
            Timed(() => CpuEmitter.Run(plan));
            Timed(() => SurfaceEmitter.Run(built.Surface, hasGpu: true));
            Timed(() => GpuEmitter.Run(Pipeline.PlanStages(Target.Gpu).Aggregate(fused, (p, s) => s.Run(p, CancellationToken.None))));
            for (var i = 0; i < best.Length; i++) best[i] = Math.Min(best[i], times[i]);
        }
        return best;
    }
}
