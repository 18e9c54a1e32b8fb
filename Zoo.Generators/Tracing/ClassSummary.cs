using System;
using System.Linq;
using System.Threading;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Zoo.Generators.Tracing;

/// <summary>
/// The summary of a class's documentation comment as plain text. It is read from the comment itself, since projects that write no
/// documentation file are compiled with comments unread.
/// </summary>
static class ClassSummary
{
    /// <summary>Of the first part of the class that has one; empty where none has, or where it is no XML.</summary>
    public static string Of(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(r => Of(r.GetSyntax(cancellation))).FirstOrDefault(text => text.Length > 0) ?? "";

    static string Of(SyntaxNode declaration)
    {
        var lines = declaration.GetLeadingTrivia().ToFullString().Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("///", StringComparison.Ordinal)).Select(line => line.Substring(3));
        try
        {
            var summary = XElement.Parse($"<doc>{string.Join("\n", lines)}</doc>").Element("summary");
            return summary is null ? "" : string.Join(" ", Text(summary).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        catch (XmlException)
        {
            return "";
        }
    }

    static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "para" } paragraph => $" {Text(paragraph)} ",
        XElement { IsEmpty: true } reference => Name(reference),
        XElement inner => Text(inner),
        _ => "",
    }));

    /// <summary>What an element without text stands for: <c>cref="Some.Type"</c> for Type.</summary>
    static string Name(XElement reference) =>
        reference.Attribute("cref") is { Value: var cref } ? cref.Split('(')[0].Split('.', ':').Last()
        : (reference.Attribute("langword") ?? reference.Attribute("name") ?? reference.Attribute("href"))?.Value ?? "";
}
