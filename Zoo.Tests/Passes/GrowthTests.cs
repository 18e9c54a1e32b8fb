using Xunit;
using Zoo.Benchmarks.Generation;
using Zoo.Generators.Emission;
using Zoo.Generators.Passes;
using Zoo.Generators.Passes.Fusion;
using Zoo.Tests.Tracing;

namespace Zoo.Tests.Passes;

/// <summary>
/// A layer costs the compiler the same in a deep network as in a shallow one. Work is counted, not timed: what each stage allocates, which
/// every list, text and query of a stage shows in, and the steps of the searches between groups. Layers 81 to 160 may cost at most 1.3
/// times as much each as layers 41 to 80, so that a table that doubles does so once in either; before that the first maps are not yet as
/// large as maps become, and a layer adds no kernel.
/// </summary>
public class GrowthTests
{
    const double Most = 1.3;
    const string Steps = "steps between groups";

    public static TheoryData<string, string> Layers =>
        new()
        {
            { "dense", "h.Dense(64).Relu()" }, { "residual", "h + h.LayerNorm().Dense(64).Silu()" },
            { "elementwise", "h + (h * 0.5f).Tanh() * h.Sigmoid()" }, { "cheap", "(h * 0.9f).Relu() + 0.1f" },
        };

    [Theory]
    [MemberData(nameof(Layers))]
    public void ALayerCostsTheSameHoweverManyThereAre(string kind, string layer)
    {
        // Once for what is allocated at the first use of anything.
        Work(layer, 3);
        var (few, some, many) = (Work(layer, 40), Work(layer, 80), Work(layer, 160));
        foreach (var (stage, work) in many)
        {
            var (before, behind) = ((some[stage] - few[stage]) / 40.0, (work - some[stage]) / 80.0);
            // A map more now and then, where it has grown beyond its bound, is no growth.
            var chance = stage == Steps ? 8 : 2048;
            Assert.True(behind <= Most * before + chance,
                $"{kind}, {stage}: a layer costs {before:F0} from the 41st to the 80th and {behind:F0} from the 81st to the 160th.");
        }
    }

    /// <summary>Bytes by stage, and steps between groups.</summary>
    static Dictionary<string, long> Work(string layer, int layers)
    {
        var work = new Dictionary<string, long>();
        T Counted<T>(string stage, Func<T> run)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var result = run();
            work[stage] = GC.GetAllocatedBytesForCurrentThread() - before;
            return result;
        }

        var trace = Traced.Model(DeepModel.Source(layer, layers));
        var programs = Counted("programs", () => BuildPrograms.Run(trace).Graph);
        var derived = Counted("differentiate", () => Differentiate.Run(programs));
        var simple = Counted("simplify", () => Simplify.Run(derived));
        var oriented = Counted("orient", () => Orient.Run(simple));
        var groups = Counted("group", () => oriented.Programs.Select(p => Group.Run(p)).ToList());
        work[Steps] = groups.Sum(g => g.Steps);
        var assigned = Counted("assign", () => groups.Select(g => Assign.Run(oriented, g)).ToList());
        Counted("lower", () => assigned.Select(a => Lower.Run(oriented, a)).ToList());
        var fused = Fuse.Run(oriented);
        var cut = Counted("partition", () => Partition.ForCpu(fused));
        var placed = Counted("memory", () => PlanMemory.Run(cut));
        Counted("emit", () => CpuEmitter.Run(placed));
        var gpu = Counted("partition for the GPU", () => Partition.ForGpu(fused));
        var placedGpu = Counted("memory of the GPU", () => PlanMemory.Run(gpu));
        Counted("emit for the GPU", () => GpuEmitter.Run(placedGpu));
        return work;
    }
}
