using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>What the trace of a declaration gives.</summary>
/// <param name="Model">A model unless a diagnostic is an error.</param>
/// <param name="Diagnostics">What is wrong.</param>
/// <param name="Members">What the class has already.</param>
/// <param name="Base">Where its base is named, or the class where it has none.</param>
/// <param name="Asked">What its interfaces ask for that it does not have itself.</param>
public sealed record TraceResult(
    ModelTrace? Model, EquatableArray<DiagnosticInfo> Diagnostics, EquatableArray<UserMember> Members, SourceSpan Base,
    EquatableArray<AskedMember> Asked)
{
    /// <summary>A declaration that somebody else speaks of, or the compiler.</summary>
    public static TraceResult Silent { get; } = new(null, [], [], default, []);
}
