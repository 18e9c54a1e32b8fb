using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
    public static TraceResult Trace(INamedTypeSymbol type, AttributeData attribute, SemanticModel model, Variant variant, CancellationToken cancellation)
    {
        var log = new TraceLog();
        ModelTrace? trace = null;
        try
        {
            trace = new ModelTracing(type, attribute, model, variant, log, cancellation).Run();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.Report(Descriptors.InternalError, type.Locations[0], type.Name, TrackingNames.Trace, Fault.Describe(exception));
        }
        return new(log.HasErrors ? null : trace, new EquatableArray<DiagnosticInfo>(log.Items));
    }
}
