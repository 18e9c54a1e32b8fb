using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Tracing;

/// <summary>Sources through the tracer, and what came out in a form that tests compare.</summary>
static class Traced
{
    /// <summary>The tracer alone, on the one class that has the variant's attribute.</summary>
    public static TraceResult Trace(Compilation compilation, Variant? variant = null)
    {
        variant ??= Variant.All[0];
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var declaration in tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
                .Where(d => d.AttributeLists.Count > 0))
            {
                var type = model.GetDeclaredSymbol(declaration)!;
                if (type.GetAttributes().FirstOrDefault(a => a.AttributeClass!.Name == variant.Name + "Attribute") is { } attribute)
                    return ModelTracer.Trace(type, attribute, model, variant, CancellationToken.None);
            }
        }
        throw new Xunit.Sdk.XunitException("No model is declared.");
    }

    /// <summary>The trace of one model without any diagnostic.</summary>
    public static ModelTrace Model(params string[] sources)
    {
        var compilation = GeneratorRun.Compile(sources);
        var result = Trace(compilation);
        Assert.Empty(result.Diagnostics.Select(d => d.In(compilation).ToString()));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS1591"));
        return result.Model ?? throw new Xunit.Sdk.XunitException("No model and no diagnostic.");
    }

    /// <summary>The mean that an encoder over x of shape [8] returns.</summary>
    public static Node Mean(string expression, string members = "") =>
        Model(Declarations.Vae($"return new({expression}, x.Sum());", members)).Network("Encoder")!.Outputs["mean"];

    /// <summary>What a trace means, without the ordinals of places.</summary>
    public static string Meaning(ModelTrace trace) => string.Join("\n",
        trace.Networks.Select(n => $"{n.Name}: {n.Kind}\n{n.Outputs}")
            .Concat(trace.Parameters.Select(p => (p with { Site = 0 }).ToString()))
            .Concat(trace.Layers.Select(l => l.ToString())));

    /// <summary>
    /// A node as a term: <c>Add(MatMul(x, encoder.dense1.weight), encoder.dense1.bias)</c>. Broadcasts of parameters and constants go
    /// without saying.
    /// </summary>
    public static string Term(Node node)
    {
        string Operands() => string.Join(", ", node.Inputs.Select(Term));
        return node.Op switch
        {
            Op.Input or Op.Parameter => node.Name,
            Op.Constant => node.Attributes.Value.ToString("R", CultureInfo.InvariantCulture),
            Op.Draw => $"{node.Attributes.Draw}({node.Name}{node.Shape})",
            Op.Broadcast when node.Inputs[0].Op is Op.Parameter => Operands(),
            Op.Broadcast or Op.Reshape or Op.Sum or Op.ReduceMax => $"{node.Op}({Operands()} → {node.Type})",
            Op.Clamp => string.Create(CultureInfo.InvariantCulture,
                $"Clamp({Operands()}, {node.Attributes.Value}, {node.Attributes.Value2})"),
            Op.Slice => $"Slice({Operands()}, {node.Attributes.Start} → {node.Type})",
            _ => $"{node.Op}({Operands()})",
        };
    }
}
