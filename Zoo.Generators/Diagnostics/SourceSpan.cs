using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Zoo.Generators.Diagnostics;

/// <summary>
/// A place in a file as plain data: what a cached result may hold where a <see cref="Location"/> would keep a whole compilation alive.
/// </summary>
public readonly record struct SourceSpan(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourceSpan Of(Location location) =>
        new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    /// <summary>
    /// The place within a tree of <paramref name="compilation"/>: only such a location obeys <c>#pragma warning disable</c>.
    /// </summary>
    public Location In(Compilation compilation)
    {
        var (path, end) = (Path, Span.End);
        return compilation.SyntaxTrees.FirstOrDefault(t => t.FilePath == path && t.Length >= end) is { } tree
            ? Location.Create(tree, Span)
            : Location.Create(Path, Span, Lines);
    }
}
