using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Diagnostics of one model. A place gets one diagnostic of a kind, however many iterations or calls meet the mistake.</summary>
sealed class TraceLog
{
    readonly List<DiagnosticInfo> items = [];
    readonly HashSet<(string Id, string Path, int Start, int Length)> seen = [];

    public bool HasErrors { get; private set; }

    public IReadOnlyList<DiagnosticInfo> Items => items;

    public void Report(DiagnosticDescriptor descriptor, Location place, params string[] arguments)
    {
        if (!seen.Add((descriptor.Id, place.SourceTree?.FilePath ?? "", place.SourceSpan.Start, place.SourceSpan.Length))) return;
        items.Add(new(descriptor.Id, SourceSpan.Of(place), new EquatableArray<string>(arguments)));
        HasErrors |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
    }

    public void Report(GraphException mistake, Location place) => Report(Kind(mistake.Error), place, mistake.Message.TrimEnd('.'));

    static DiagnosticDescriptor Kind(GraphError error) => error switch
    {
        GraphError.WrongRank => Descriptors.WrongRank,
        GraphError.InnerSizeMismatch => Descriptors.InnerSizeMismatch,
        GraphError.ReshapeCount => Descriptors.ReshapeCount,
        GraphError.AxisOutOfRange => Descriptors.AxisOutOfRange,
        GraphError.SliceOutOfRange => Descriptors.SliceOutOfRange,
        GraphError.NotPositive => Descriptors.NotPositive,
        GraphError.BatchMismatch => Descriptors.BatchMismatch,
        _ => Descriptors.ShapeMismatch,
    };
}
