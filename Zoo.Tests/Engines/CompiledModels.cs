using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;
using Zoo.Generators.Emission;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Engines;

/// <summary>Declarations through the generator and the C# compiler into a loaded assembly, with what tracing gave for each.</summary>
sealed class CompiledModels : IDisposable
{
    readonly AssemblyLoadContext context = new(nameof(CompiledModels), isCollectible: true);
    readonly Assembly assembly;

    /// <param name="sources">One file each.</param>
    /// <param name="engine">Another engine for each model, from other options of the compiler; null for the generator's own.</param>
    /// <param name="hasGpu">Whether the models have their GPU half.</param>
    /// <param name="gpuEngine">The same as <paramref name="engine"/> for that half.</param>
    /// <param name="variants">Members of the zoo that the generator knows; null for all there are.</param>
    public CompiledModels(
        IEnumerable<string> sources, Func<ModelTrace, SourceFile>? engine = null, bool hasGpu = false,
        Func<ModelTrace, SourceFile>? gpuEngine = null,
        IReadOnlyList<Variant>? variants = null)
    {
        var run = GeneratorRun.Of(GeneratorRun.Compile(sources, hasGpu, analysesNulls: false), variants: variants);
        Assert.True(run.Reported.Count == 0, string.Join("\n", run.Reported));
        var compilation = run.Output;
        Traces = run.Traces.ToDictionary(t => t.Identity.MetadataName);
        Func<ModelTrace, SourceFile>?[] engines = [engine, gpuEngine];
        foreach (var file in engines.OfType<Func<ModelTrace, SourceFile>>().SelectMany(print => Traces.Values.Select(print)))
        {
            var old = compilation.SyntaxTrees.Single(t => t.FilePath.EndsWith(file.HintName, StringComparison.Ordinal));
            var text = CSharpSyntaxTree.ParseText(file.Text, (CSharpParseOptions)old.Options, old.FilePath, System.Text.Encoding.UTF8);
            compilation = compilation.ReplaceSyntaxTree(old, text);
        }
        using var image = new MemoryStream();
        var result = compilation.WithOptions(compilation.Options.WithOptimizationLevel(Microsoft.CodeAnalysis.OptimizationLevel.Release))
            .Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Take(10)));
        // The declarations are the tests' own, without documentation; what is emitted into them must be clean.
        Assert.Empty(result.Diagnostics.Where(d => d.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning
            && d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) != false));
        image.Position = 0;
        assembly = context.LoadFromStream(image);
    }

    public IReadOnlyDictionary<string, ModelTrace> Traces { get; }

    public Type Type(string name) => assembly.GetType(name, throwOnError: true)!;

    public IGenerativeModel Create(string className, ulong seed, Device device) =>
        (IGenerativeModel)Activator.CreateInstance(Type(className), seed, device)!;

    /// <summary>The class's own <c>Load</c> of a path on a device; null is the processor.</summary>
    public IGenerativeModel Load(string className, string path, Device? device = null) =>
        (IGenerativeModel)Type(className).GetMethod("Load", [typeof(string), typeof(Device)])!.Invoke(null, [path, device])!;

    public void Dispose() => context.Unload();
}
