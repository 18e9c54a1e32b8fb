using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Emission;
using Zoo.Generators.Graphs;
using Zoo.Generators.Infrastructure;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators;

/// <summary>
/// The compiler as a Roslyn generator: wiring only. Every stage is a pure function on values with equality, and a named step.
/// </summary>
/// <param name="variants">Members of the zoo that it knows.</param>
[Generator(LanguageNames.CSharp)]
public sealed class ZooGenerator(IReadOnlyList<Variant> variants) : IIncrementalGenerator
{
    /// <summary>The whole zoo; what Roslyn calls.</summary>
    public ZooGenerator() : this(Variant.All) { }

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var plantedFault = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("zoo_internal_planted_fault", out var stage) ? stage : null);
        // Referencing ILGPU is how a project asks for the other half of its models.
        var ilgpu = context.CompilationProvider
            .Select(static (compilation, _) => compilation.ReferencedAssemblyNames.FirstOrDefault(static a => a.Name == "ILGPU")?.Version);
        var hasGpu = ilgpu.Select(static (version, _) => version is { Major: 1, Minor: 5 });
        foreach (var variant in variants)
        {
            var traces = context.SyntaxProvider.ForAttributeWithMetadataName(
                $"Zoo.{variant.Name}Attribute",
                static (node, _) => node is TypeDeclarationSyntax,
                (target, cancellation) => ModelTracer.Trace(
                    (INamedTypeSymbol)target.TargetSymbol, target.Attributes[0], target.SemanticModel, variant, cancellation));

            var models = traces.Where(static t => t.Model is not null).Select(static (t, _) => t.Model!)
                .WithTrackingName(TrackingNames.Trace).Combine(plantedFault)
                .Select(static (pair, _) => new Staged<ModelTrace>(pair.Left.Identity.MetadataName, pair.Left, null, pair.Right));
            var built = models.Then(TrackingNames.Programs,
                (trace, cancellation) => BuildPrograms.Run(trace, variant, cancellation: cancellation));
            var graphs = built.Select(static (b, _) => b.Part(m => m.Graph));
            foreach (var (name, run) in Pipeline.GraphStages) graphs = graphs.Then(name, run);
            var fused = graphs.Then(TrackingNames.Fuse, Pipeline.RunFuse);
            var engines = Plans(fused, Target.Cpu).Then(TrackingNames.Emit, CpuEmitter.Run);
            // What went wrong before the ways part is reported on the first of them.
            var forGpu = fused.Combine(hasGpu)
                .Where(static pair => pair.Right && pair.Left.Fault is null).Select(static (pair, _) => pair.Left);
            var gpuEngines = Plans(forGpu, Target.Gpu).Then(TrackingNames.EmitGpu, GpuEmitter.Run);
            var surfaces = built.Where(static b => b.Fault is null).Select(static (b, _) => b.Part(m => m.Surface))
                .Then(TrackingNames.EmitSurface, hasGpu, SurfaceEmitter.Run);
            var names = built.Where(static b => b.Value is not null).Select(static (b, _) => b.Value!.Surface).Collect();
            var clashes = traces.Combine(names)
                .Select(static (pair, _) => Clashes(pair.Left, pair.Right)).Where(static c => c.Found.Count > 0);
            // Half a class would only add errors to the one that is ours: a fault in any file takes all.
            var faults = Failed(engines).Combine(Failed(gpuEngines)).Combine(Failed(surfaces))
                .Select(static (f, _) => f.Left.Left.AddRange(f.Left.Right).AddRange(f.Right));
            var failed = faults.Combine(clashes.Select(static (c, _) => c.Model).Collect())
                .Select(static (f, _) => f.Left.AddRange(f.Right));
            IncrementalValuesProvider<Staged<SourceFile>>[] all = [engines, gpuEngines, surfaces];
            foreach (var files in all)
                context.RegisterSourceOutput(
                    files.Combine(failed).Where(static p => !p.Right.Contains(p.Left.Model)).Select(static (p, _) => p.Left.Value!),
                    static (output, file) => output.AddSource(file.HintName, file.Text));

            // Diagnostics travel apart from sources: a moved squiggle emits nothing again, and a location within the compilation obeys
            // #pragma.
            context.RegisterSourceOutput(
                traces.SelectMany(static (t, _) => t.Diagnostics).WithTrackingName(TrackingNames.Diagnostics)
                    .Combine(context.CompilationProvider),
                static (output, pair) => output.ReportDiagnostic(pair.Left.In(pair.Right)));
            context.RegisterSourceOutput(
                clashes.SelectMany(static (c, _) => c.Found).Combine(context.CompilationProvider),
                static (output, pair) => output.ReportDiagnostic(pair.Left.In(pair.Right)));
            context.RegisterSourceOutput(
                models.Combine(ilgpu).Where(static pair => pair.Right is not null and not { Major: 1, Minor: 5 })
                    .Combine(context.CompilationProvider),
                static (output, pair) => output.ReportDiagnostic(
                    OnName(Descriptors.UnsupportedIlgpu, pair.Left.Left.Model, pair.Right, pair.Left.Right)));
            foreach (var files in all)
            {
                // What is too large for one target is too large for the other, and said once.
                var isFirst = files.Equals(engines);
                context.RegisterSourceOutput(
                    files.Where(static f => f.Fault is not null).Combine(Failed(engines))
                        .Where(p => isFirst || !p.Left.Fault!.IsTooLarge || !p.Right.Contains(p.Left.Model)).Select(static (p, _) => p.Left)
                        .Combine(context.CompilationProvider),
                    static (output, pair) => output.ReportDiagnostic(Report(pair.Left.Model, pair.Left.Fault!, pair.Right)));
            }
        }
    }

    static IncrementalValuesProvider<Staged<ModelPlan>> Plans(IncrementalValuesProvider<Staged<ModelPlan>> fused, Target target)
    {
        foreach (var (name, run) in Pipeline.PlanStages(target)) fused = fused.Then(name, run);
        return fused;
    }

    /// <summary>Members of a class that meet generated ones.</summary>
    static (string Model, EquatableArray<DiagnosticInfo> Found) Clashes(TraceResult trace, ImmutableArray<Surface> surfaces)
    {
        if (trace.Model is not { Identity: { MetadataName: var name } identity }) return ("", []);
        if (surfaces.FirstOrDefault(s => s.Identity == identity) is not { } surface) return ("", []);
        return (name, new(MemberClashes.Find(trace, surface)));
    }

    static IncrementalValueProvider<ImmutableArray<string>> Failed(IncrementalValuesProvider<Staged<SourceFile>> files) =>
        files.Where(static f => f.Fault is not null).Select(static (f, _) => f.Model).Collect();

    static Diagnostic Report(string model, Fault fault, Compilation compilation)
    {
        if (!fault.IsTooLarge) return OnName(Descriptors.InternalError, model, compilation, fault.Stage, fault.Exception);
        var type = compilation.GetTypeByMetadataName(model);
        return Diagnostic.Create(Descriptors.TooLarge, type?.Locations[0] ?? Location.None,
            $"What '{type?.Name ?? model}' keeps, or the values of one of its programs, are more than {int.MaxValue} floats");
    }

    /// <summary>On the name of the class, which is also the first argument.</summary>
    static Diagnostic OnName(DiagnosticDescriptor descriptor, string model, Compilation compilation, params object?[] arguments)
    {
        var type = compilation.GetTypeByMetadataName(model);
        return Diagnostic.Create(descriptor, type?.Locations[0] ?? Location.None, [type?.Name ?? model, .. arguments]);
    }
}
