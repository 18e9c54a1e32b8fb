using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Oracle;

/// <summary>The random models as the tracer sees them, all from one compilation.</summary>
static class TracedModels
{
    public const int Count = 500;

    static readonly Lazy<IReadOnlyList<(RandomModel Model, ModelTrace Trace)>> Traced = new(() =>
    {
        var models = Enumerable.Range(0, Count).Select(RandomModels.Source).ToList();
        var compilation = GeneratorRun.Compile([.. models.Select(m => m.Source)]);
        return [.. models.Select(model => (model, Trace(compilation, model)))];
    });

    /// <summary>Every model with its trace; each is free of diagnostics.</summary>
    public static IReadOnlyList<(RandomModel Model, ModelTrace Trace)> All => Traced.Value;

    /// <summary>Of a model by itself.</summary>
    public static ModelTrace Trace(RandomModel model) => Trace(GeneratorRun.Compile([model.Source]), model);

    static ModelTrace Trace(CSharpCompilation compilation, RandomModel model)
    {
        var type = compilation.GetTypeByMetadataName(model.ClassName)!;
        var attribute = type.GetAttributes().Single(a => a.AttributeClass!.Name == "VaeAttribute");
        var result = ModelTracer.Trace(type, attribute, compilation.GetSemanticModel(attribute.ApplicationSyntaxReference!.SyntaxTree),
            Variant.All.Single(v => v.Name == "Vae"), default);
        Assert.True(result.Model is not null && result.Diagnostics.Count == 0, $"{string.Join("\n", result.Diagnostics)}\n{model.Source}");
        return result.Model;
    }
}
