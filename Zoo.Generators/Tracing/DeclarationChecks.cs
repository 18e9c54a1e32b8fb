using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators.Diagnostics;

namespace Zoo.Generators.Tracing;

/// <summary>Whether the generator can add the other half of a class.</summary>
static class DeclarationChecks
{
    /// <summary>Whether it is of a kind that can be one.</summary>
    public static bool Run(INamedTypeSymbol type, TypeDeclarationSyntax declaration, TraceLog log)
    {
        var name = declaration.Identifier.GetLocation();
        if (!IsPartial(declaration)) log.Report(Descriptors.ModelNotPartial, name, type.Name);
        foreach (var container in declaration.Ancestors().OfType<TypeDeclarationSyntax>().Where(c => !IsPartial(c)))
            log.Report(Descriptors.ContainerNotPartial, container.Identifier.GetLocation(), container.Identifier.ValueText, type.Name);
        if (type.IsGenericType && type.TypeParameters.Length > 0) log.Report(Descriptors.ModelIsGeneric, name, type.Name);
        var obstacle = type switch
        {
            { IsRecord: true } => "is a record",
            { IsStatic: true } => "is static",
            { IsAbstract: true } => "is abstract",
            { IsFileLocal: true } => "is local to its file",
            _ when Containers(type).FirstOrDefault(c => c.IsFileLocal) is { } container =>
                $"is inside '{container.Name}', which is local to its file",
            _ when type.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null }) =>
                "has a primary constructor",
            _ when Kinds(type) is { Count: > 1 } kinds => $"is declared as {string.Join(" and ", kinds)}",
            _ when BaseMembers.Bases(type).FirstOrDefault(IsModel) is { } model => $"derives from '{model.Name}', which is a model itself",
            _ => null,
        };
        if (obstacle is not null) log.Report(Descriptors.UnsupportedModelType, name, type.Name, obstacle);
        return obstacle is null;
    }

    /// <summary>Attributes that make a model of a class, in order.</summary>
    public static IEnumerable<AttributeData> ModelAttributes(INamedTypeSymbol type) =>
        type.GetAttributes().Where(a => a.AttributeClass.IsZoo() && a.AttributeClass!.BaseType.IsZoo("ModelAttributeBase"));

    static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (var container = type.ContainingType; container is not null; container = container.ContainingType) yield return container;
    }

    static bool IsModel(INamedTypeSymbol type) => ModelAttributes(type).Any();

    static IReadOnlyList<string> Kinds(INamedTypeSymbol type) =>
        [.. ModelAttributes(type).Select(a => $"[{a.AttributeClass!.Name.Replace("Attribute", "")}]").Distinct()];

    static bool IsPartial(TypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PartialKeyword);
}
