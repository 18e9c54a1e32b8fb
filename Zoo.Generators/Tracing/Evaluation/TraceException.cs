using System;
using Microsoft.CodeAnalysis;

namespace Zoo.Generators.Tracing;

/// <summary>A call that cannot be traced; caught where the call is evaluated, which gives the place.</summary>
sealed class TraceException(DiagnosticDescriptor descriptor, params string[] arguments) : Exception(descriptor.Id)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    public string[] Arguments { get; } = arguments;

    /// <summary>Where the squiggle goes, if not to the call itself.</summary>
    public Location? Place { get; init; }
}
