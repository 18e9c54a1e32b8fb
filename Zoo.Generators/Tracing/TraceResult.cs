using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>What the trace of a declaration gives: a model unless a diagnostic is an error, and the diagnostics.</summary>
public sealed record TraceResult(ModelTrace? Model, EquatableArray<DiagnosticInfo> Diagnostics);
