using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Where a class stands, as plain data.</summary>
static class ModelIdentities
{
    public static ModelIdentity Of(INamedTypeSymbol type)
    {
        var containing = new List<ContainingType>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            containing.Insert(0, new(Keyword(outer), outer.ToDisplayString(NameFormat)));
        return new(Namespace(type), new EquatableArray<ContainingType>(containing), Escaped(type.Name), MetadataName(type),
            SyntaxFacts.GetText(type.DeclaredAccessibility), type.ContainingAssembly.Name);
    }

    /// <summary>As <see cref="Compilation.GetTypeByMetadataName"/> takes it.</summary>
    public static string MetadataName(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{MetadataName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? $"{space.ToDisplayString(PlainFormat)}.{type.MetadataName}"
            : type.MetadataName;

    static string Namespace(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString(EscapedFormat) : "";

    static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    // Contextual keywords are escaped too: a class named record or partial is legal only so.
    static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    static readonly SymbolDisplayFormat PlainFormat =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    static readonly SymbolDisplayFormat EscapedFormat =
        PlainFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    static readonly SymbolDisplayFormat NameFormat = new(genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);
}
