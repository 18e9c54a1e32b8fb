using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;
using Zoo.Generators.Emission;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;
using Zoo.Runtime;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Engines;

/// <summary>Programs in IR through the compiler's back end into loaded engines: no declaration, no surface.</summary>
sealed class GraphEngines : IDisposable
{
    readonly AssemblyLoadContext context = new(nameof(GraphEngines), isCollectible: true);
    readonly Assembly assembly;
    readonly Dictionary<GraphProgram, (ModelPlan Plan, float[][] Inputs)> compiled = [];

    static GraphEngines() => AppContext.SetSwitch("Zoo.PoisonActivations", true);

    /// <param name="programs">Programs under different names.</param>
    /// <param name="hasGpu">Whether engines for accelerators are made too.</param>
    /// <param name="isPlain">Whether nothing is fused, or placed over something else.</param>
    public GraphEngines(IEnumerable<GraphProgram> programs, bool hasGpu = false, bool isPlain = false)
    {
        var sources = new List<string>();
        foreach (var program in programs)
        {
            var (graph, inputs) = program.Compile();
            var fused = Fused(graph, isPlain);
            var plan = PlanMemory.Run(Partition.ForCpu(fused), reuse: !isPlain);
            compiled[program] = (plan, inputs);
            sources.Add(CpuEmitter.Run(plan).Text);
            if (hasGpu) sources.Add(GpuEmitter.Run(PlanMemory.Run(Partition.ForGpu(fused))).Text);
        }
        Sources = sources;
        using var image = new MemoryStream();
        var compilation = GeneratorRun.Compile(sources, hasGpu, analysesNulls: false);
        var options = compilation.Options.WithOptimizationLevel(Microsoft.CodeAnalysis.OptimizationLevel.Release);
        var result = compilation.WithOptions(options).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Take(10)));
        image.Position = 0;
        assembly = context.LoadFromStream(image);
    }

    /// <summary>Emitted files.</summary>
    public IReadOnlyList<string> Sources { get; }

    public ModelPlan Plan(GraphProgram program) => compiled[program].Plan;

    /// <summary>Type of an engine.</summary>
    public Type Engine(GraphProgram program, bool isGpu)
    {
        var engines = assembly.GetTypes().Where(t => t.IsAssignableTo(isGpu ? typeof(GpuEngine) : typeof(CpuEngine)));
        return engines.Single(t => t.Name.StartsWith($"{program.Name}_", StringComparison.Ordinal));
    }

    /// <summary>Programs as kernels, before a target is chosen.</summary>
    public static ModelPlan Fused(ModelGraph graph, bool isPlain = false) =>
        Fuse.Run(Orient.Run(Simplify.Run(Differentiate.Run(graph))), fuse: !isPlain);

    /// <summary>All results of one run.</summary>
    public Dictionary<string, float[]> Run(GraphProgram program, Device device)
    {
        var (plan, inputs) = compiled[program];
        var type = Engine(program, device.IsGpu);
        // Those of the optimiser, which nothing runs, are 0.
        float[] hyperparameters =
            [.. plan.Hyperparameters.Select(h => (float)program.Bindings.Hyperparameters.GetValueOrDefault(h.Name))];
        var description = type.GetMethod("Describe")!.Invoke(null, [program.Name, "graph", Array.Empty<string>(), hyperparameters]);
        using var engine = (ModelEngine)Activator.CreateInstance(type, description, GraphProgram.Seed, device)!;
        foreach (var parameter in engine.State.Parameters)
            if (program.Bindings.Parameters.TryGetValue(parameter.Name, out var values))
                parameter.CopyFrom([.. values.Select(v => (float)v)]);
        ReadOnlySpan<float> Input(int i) => i < inputs.Length ? inputs[i] : default;
        int Width(int i) => i < inputs.Length ? inputs[i].Length / program.Batch : 0;
        var run = new ProgramRun(program.Batch, GraphProgram.Seed, (long)program.Bindings.StepCount, 0, 0);
        engine.Run(0, run, new(Input(0), Width(0), Input(1), Width(1), Input(2), Width(2), Input(3), Width(3), Input(4), Width(4)));
        var results = new Dictionary<string, float[]>();
        foreach (var (name, node) in program.Roots)
        {
            var values = results[$"{name}"] = new float[node.Type.Count(program.Batch)];
            if (name.Kind == ResultKind.Gradient) engine.State.Parameters[name.Name].CopyGradientTo(values);
            // Results lie at the same places on both targets.
            else engine.Results(plan.Programs[0].Buffers.Single(b => b.Kind == BufferKind.Result && b.Name == $"{name}").Offset, values);
        }
        return results;
    }

    public void Dispose() => context.Unload();
}
