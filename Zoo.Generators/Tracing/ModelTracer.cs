using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;
using Zoo.Generators.Infrastructure;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>Stage 1: a declaration as a <see cref="ModelTrace"/>. Symbols, syntax and locations end here.</summary>
public static class ModelTracer
{
    /// <param name="type">The class.</param>
    /// <param name="attribute">The variant's attribute on it.</param>
    /// <param name="model">Semantic model of the file that the attribute stands in.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="cancellation">Stops tracing.</param>
    public static TraceResult Trace(
        INamedTypeSymbol type, AttributeData attribute, SemanticModel model, Variant variant, CancellationToken cancellation)
    {
        var log = new TraceLog();
        ModelTrace? trace = null;
        // The attribute on two parts of a class is an error of C#, two of them one of ours: the first speaks for all. On what is no class
        // C# says enough.
        if (!IsFirst(type, attribute) || type.TypeKind != TypeKind.Class || IsInExtension(type)) return TraceResult.Silent;
        if (model.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 and var version })
        {
            // On each class, because each lacks its half; what else is wrong with it is read by another C# than it was written in.
            log.Report(Descriptors.OldLanguage, type.Locations[0], type.Name, version.ToDisplayString());
            return new(null, new(log.Items), [], default, []);
        }
        try
        {
            trace = new ModelTracing(type, attribute, model, variant, log, cancellation).Run();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Operations of code that C# refuses may have any form: what fails on them is no mistake of ours.
            if (IsRefused(type, model, cancellation)) return TraceResult.Silent;
            log.Report(Descriptors.InternalError, type.Locations[0], type.Name, TrackingNames.Trace, Fault.Describe(exception));
        }
        // While a line is half typed, the parser guesses, and what follows from a guess helps nobody.
        var isParsed = !type.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellation).ContainsDiagnostics);
        return new(
            log.HasErrors ? null : trace, isParsed ? new EquatableArray<DiagnosticInfo>(log.Items) : [], MemberClashes.Members(type),
            SourceSpan.Of(ClassChecks.BaseOf(type, model.Compilation, type.Locations[0], cancellation)),
            new(BaseMembers.OfInterfaces(type, SourceSpan.Of(type.Locations[0]))));
    }

    /// <summary>Blocks of extensions have no name and hold no types.</summary>
    static bool IsInExtension(INamedTypeSymbol type) =>
        type.ContainingType is { } container && (container.Name.Length == 0 || IsInExtension(container));

    static bool IsFirst(INamedTypeSymbol type, AttributeData attribute) =>
        DeclarationChecks.ModelAttributes(type).First().ApplicationSyntaxReference is { } first
        && first.SyntaxTree == attribute.ApplicationSyntaxReference!.SyntaxTree && first.Span == attribute.ApplicationSyntaxReference.Span;

    /// <summary>
    /// Whether C# refuses a static method of the class. Other members do not count: they may use what is still to be generated.
    /// </summary>
    static bool IsRefused(INamedTypeSymbol type, SemanticModel model, CancellationToken cancellation) => type.GetMembers()
        .Where(m => m is IMethodSymbol { IsStatic: true })
        .SelectMany(m => m.DeclaringSyntaxReferences)
        .Where(r => r.SyntaxTree == model.SyntaxTree)
        .SelectMany(r => model.GetDiagnostics(r.Span, cancellation))
        .Any(d => d.Severity == DiagnosticSeverity.Error);
}
