using System.Linq;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Diagnostics;

/// <summary>A diagnostic as plain data: equal when it says the same at the same place.</summary>
/// <param name="Id">Id of its descriptor.</param>
/// <param name="Place">Where the squiggle goes.</param>
/// <param name="Arguments">Arguments of the descriptor's message.</param>
public sealed record DiagnosticInfo(string Id, SourceSpan Place, EquatableArray<string> Arguments)
{
    public Diagnostic In(Compilation compilation) =>
        Diagnostic.Create(Descriptors.Of(Id), Place.In(compilation), [.. Arguments.Cast<object?>()]);
}
