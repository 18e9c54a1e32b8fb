using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Plans;

/// <summary>Plans of random programs, for both targets, fused and not: none has a fault. It takes no compiler of C# to say so.</summary>
public class RandomPlanTests
{
    /// <summary>As the generator makes them, with all stages; a fault would be reported as ZOO9999.</summary>
    [Fact]
    public void DeclaredModels()
    {
        var usual = Enumerable.Range(50_000, 60).Select(RandomModels.Source);
        var wide = Enumerable.Range(60_000, 12).Select(RandomModels.Wide);
        var run = GeneratorRun.Of(GeneratorRun.Compile([.. usual.Concat(wide).Select(m => m.Source)]));
        Assert.Empty(run.Reported);
        foreach (var trace in run.Traces) Plan(Graph(trace), fuse: false);
    }

    /// <summary>Wide models are: each way to be larger than a tile occurs.</summary>
    [Fact]
    public void WideModelsCrossEveryTile()
    {
        var sources = Enumerable.Range(60_000, 12).Select(seed => RandomModels.Wide(seed).Source);
        var plans = GeneratorRun.Of(GeneratorRun.Compile(sources,
            hasIlgpu: false)).Traces.Select(trace => Partition.ForCpu(Fuse.Run(Graph(trace))));
        var kernels = plans.SelectMany(plan => plan.Program("Gradients").Kernels.Select(kernel => (Kernel: kernel, Rows: plan.Batch)))
            .ToList();
        void Occurs<T>(Func<T, int, bool> what) where T : Kernel =>
            Assert.Contains(kernels, k => k.Kernel is T kernel && what(kernel, k.Rows));
        Occurs<ProductKernel>((p, _) => p.N > 128 && p.N % 64 != 0);
        Occurs<ProductKernel>((p, rows) => p.M.For(rows) > 64 && p.M.For(rows) % p.RowsPerBlock != 0);
        Occurs<ProductKernel>((p, rows) => p.K.For(rows) > 512);
        Occurs<ProductKernel>((p, rows) => p is { Epilogue.HasSums: true } && p.Blocks(rows) is { Rows: > 1, Columns: > 1 });
        Occurs<MapKernel>((m, rows) => m.Body.HasSums && m.Blocks(rows).Rows > 1 && m.Columns.For(rows) > 64);
        Occurs<MapKernel>((m, rows) => !m.Body.HasSums && m.Rows.For(rows) * m.Columns.For(rows) > 8192);
    }

    static ModelGraph Graph(ModelTrace trace) => Orient.Run(Simplify.Run(Differentiate.Run(BuildPrograms.Run(trace).Graph)));

    /// <summary>All of the IR, with values of any number of rows, beyond what a declaration says.</summary>
    [Fact]
    public void Graphs()
    {
        for (var seed = 0; seed < 300; seed++) Plan(Model(RandomGraphs.Create(seed), anyRows: false), fuse: seed % 4 != 0);
    }

    /// <summary>The same without the loss: such a program is planned, or refused because it sums over rows.</summary>
    [Fact]
    public void GraphsOfAnyNumberOfRows()
    {
        var (planned, refused) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            try
            {
                Plan(Model(RandomGraphs.Create(seed), anyRows: true), fuse: true);
                planned++;
            }
            catch (PlanException exception)
            {
                Assert.Contains("takes any number of rows", exception.Message);
                refused++;
            }
        }
        Assert.True(planned > 30 && refused > 30, $"{planned} were planned, {refused} refused.");
    }

    static void Plan(ModelGraph model, bool fuse)
    {
        var plan = Fuse.Run(model, fuse);
        PlanMemory.Run(Partition.ForCpu(plan));
        PlanMemory.Run(Partition.ForGpu(plan));
    }

    static ModelGraph Model(RandomGraph graph, bool anyRows)
    {
        var parameters = graph.Leaves.Where(l => l.Op == Op.Parameter).ToList();
        var gradients = Gradients.Of(graph.Builder, graph.Loss, parameters);
        var outputs = graph.Outputs.Select((o, i) => (new ResultName(ResultKind.Output, $"{i}"), o));
        var training = outputs.Prepend((new ResultName(ResultKind.Loss, "Loss"), graph.Loss))
            .Concat(parameters.Select((p, i) => (new ResultName(ResultKind.Gradient, p.Name), gradients[i])));
        // As after differentiation, which is what needs them.
        var withoutStops = graph.Builder.Rewriter((node, inputs) => node.Op == Op.StopGradient ? inputs[0] : null);
        var roots = Simplify.Run(new Roots<ResultName>(anyRows ? outputs : training).Select(withoutStops), anyRows ? 0 : graph.Batch);
        var inputs = graph.Bindings.Inputs.Keys;
        var program = new ProgramGraph("Program", "a random program", anyRows ? 0 : graph.Batch, new(inputs), roots);
        var storages = parameters.Select(p => new Storage(p.Name, p.Shape, new([]), new([0])));
        var hyperparameters = graph.Bindings.Hyperparameters.Keys.Select(k => new HyperparameterGraph(k, ValueRange.Finite));
        var identity = new ModelIdentity("", new([]), "Random", "Random", "partial", "Tests");
        var phase = new PhaseGraph("Step", 1, false, new([new OptimizerGraph("Adam", "", false, false, false)]), null, true, new([]));
        return new(
            identity, graph.Batch, ChunkRows: 64, new(parameters.Select(p => p.Name)), new(storages), new([phase]), new(hyperparameters),
            new([program]));
    }
}
