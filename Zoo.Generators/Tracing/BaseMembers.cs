using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>What a class has from its bases, as plain data.</summary>
static class BaseMembers
{
    /// <summary>Type names as a generated member's signature has them.</summary>
    static readonly SymbolDisplayFormat SignatureFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>The same with <c>?</c>, which an override must have where its base has it.</summary>
    static readonly SymbolDisplayFormat AnnotatedFormat =
        SignatureFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Base classes, the nearest first, without <c>object</c>.</summary>
    public static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        var level = type.BaseType;
        while (level is { SpecialType: not SpecialType.System_Object, TypeKind: TypeKind.Class })
        {
            yield return level;
            level = level.BaseType;
        }
    }

    /// <summary>Members that the class sees, the nearest of each signature.</summary>
    public static IReadOnlyList<InheritedMember> Of(INamedTypeSymbol type, Compilation compilation)
    {
        var (found, seen) = (new List<InheritedMember>(), new HashSet<(string, string?)>());
        foreach (var member in Bases(type).SelectMany(b => b.GetMembers()))
        {
            // Explicit implementations cannot be seen, but of IDisposable's the interface's caller would see one that is gone.
            if (IsDisposalOfInterface(member))
            {
                if (seen.Add(("Dispose", ""))) found.Add(new("Dispose", "", $"{member.ContainingType.Name}.IDisposable.Dispose()", null));
                continue;
            }
            if (!CanMeet(member) || !compilation.IsSymbolAccessibleWithin(member, type)) continue;
            var parameters = member is IMethodSymbol method ? Parameters(method) : null;
            if (!seen.Add((member.Name, parameters))) continue;
            var shown = $"{member.ContainingType.Name}.{member.Name}{(parameters is null ? "" : $"({parameters})")}";
            found.Add(new(member.Name, parameters, shown, Overridable(member)));
        }
        return found;
    }

    /// <summary>How the model's memory is freed beside what the bases free.</summary>
    public static DisposalTrace DisposalOf(INamedTypeSymbol type, Compilation compilation)
    {
        var methods = Bases(type).SelectMany(b => b.GetMembers("Dispose")).OfType<IMethodSymbol>()
            .Where(m => m is { MethodKind: MethodKind.Ordinary, Arity: 0 } && compilation.IsSymbolAccessibleWithin(m, type)).ToList();
        var plain = methods.FirstOrDefault(m => m.Parameters.Length == 0);
        var isUsable = plain is null
            || (plain is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, ReturnsVoid: true } && !IsDiscouraged(plain));
        // As C# would have it beside what cannot be overridden: the clash is reported.
        if (!isUsable) return DisposalTrace.Own;
        var pattern = methods.FirstOrDefault(m => m is { Parameters: [{ Type.SpecialType: SpecialType.System_Boolean }] });
        if (pattern is { ReturnsVoid: true } && IsOverridable(pattern) && !IsDiscouraged(pattern))
        {
            var own = plain switch { null => "public", { IsAbstract: true } => "public override", _ => null };
            return new(own, false, $"{Access(pattern, type)} override", !pattern.IsAbstract);
        }
        return plain switch
        {
            null => type.IsSealed || pattern is not null ? DisposalTrace.Own : DisposalTrace.OwnPattern,
            { IsAbstract: true } => new("public override"),
            // Whoever holds the model as a model, or as something disposable, frees both.
            _ => new(IsOverridable(plain) ? "public override" : "public new", CallsPlain: true),
        };
    }

    /// <summary>What an override of a member in another assembly may say of <c>protected internal</c> is what can be seen of it.</summary>
    static string Access(IMethodSymbol method, INamedTypeSymbol type) => method.DeclaredAccessibility switch
    {
        Accessibility.Public => "public",
        Accessibility.Internal => "internal",
        Accessibility.ProtectedAndInternal => "private protected",
        Accessibility.ProtectedOrInternal when SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, type.ContainingAssembly)
            || method.ContainingAssembly.GivesAccessTo(type.ContainingAssembly) => "protected internal",
        _ => "protected",
    };

    static bool IsDisposalOfInterface(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation } method
        && method.ExplicitInterfaceImplementations.Any(IsDispose);

    public static bool IsDispose(ISymbol member) =>
        member is { Name: "Dispose", ContainingType.SpecialType: SpecialType.System_IDisposable };

    /// <summary>Constructors, accessors, operators and what has type parameters never have a generated member's signature.</summary>
    static bool CanMeet(ISymbol member) => member switch
    {
        { IsImplicitlyDeclared: true } => false,
        IMethodSymbol method => method is { MethodKind: MethodKind.Ordinary, Arity: 0 },
        INamedTypeSymbol nested => nested.Arity == 0,
        IPropertySymbol { IsIndexer: true } => false,
        _ => true,
    };

    static string Parameters(IMethodSymbol method) => Parameters(method, SignatureFormat);

    static string Parameters(IMethodSymbol method, SymbolDisplayFormat format) =>
        string.Join(", ", method.Parameters.Select(p => Modifier(p) + p.Type.ToDisplayString(format)));

    /// <summary>How a parameter is passed, as it is written.</summary>
    public static string Modifier(IParameterSymbol parameter) =>
        parameter.RefKind switch { RefKind.None => "", RefKind.Out => "out ", RefKind.Ref => "ref ", _ => "in " };

    static string? Overridable(ISymbol member) => member switch
    {
        _ when member.DeclaredAccessibility != Accessibility.Public || !IsOverridable(member) || IsObsolete(member) => null,
        _ when Promises(member) || (member.Name == "Dispose" && IsDiscouraged(member)) => null,
        IPropertySymbol { RefKind: RefKind.None, GetMethod: { } } property when Accessors(property) is { } accessors =>
            $"{property.Type.ToDisplayString(AnnotatedFormat)} {property.Name} {accessors}",
        IMethodSymbol { RefKind: RefKind.None } method when method.Parameters.All(p => p.ScopedKind == ScopedKind.None) =>
            $"{method.ReturnType.ToDisplayString(AnnotatedFormat)} {method.Name}({Parameters(method, AnnotatedFormat)})",
        _ => null,
    };

    /// <summary>What a property can be read and written by, where everybody may do all of it; else null.</summary>
    static string? Accessors(IPropertySymbol property) => property.SetMethod switch
    {
        _ when property.GetMethod!.DeclaredAccessibility != property.DeclaredAccessibility => null,
        null => GeneratedMember.Read,
        { IsInitOnly: false } set when set.DeclaredAccessibility == property.DeclaredAccessibility => GeneratedMember.ReadAndWritten,
        _ => null,
    };

    /// <summary>Whether attributes say of a member what C# would hold an override to, and nothing generated keeps.</summary>
    static bool Promises(ISymbol member)
    {
        if (HasAttribute(member, Flow, "DoesNotReturnAttribute", "MemberNotNullAttribute", "MemberNotNullWhenAttribute")) return true;
        var accessors = member is IPropertySymbol property ? [property.GetMethod, property.SetMethod] : new[] { member as IMethodSymbol };
        return accessors.OfType<IMethodSymbol>()
            .Any(m => (!SymbolEqualityComparer.Default.Equals(m, member) && Promises(m))
                || m.Parameters.Any(p => HasAttribute(p, Flow, "AllowNullAttribute", "DoesNotReturnIfAttribute")));
    }

    /// <summary>
    /// Members of interfaces that a generated one would implement though it promises less: nullable annotations count for what is handed
    /// over, and a method that says that it never returns.
    /// </summary>
    public static IReadOnlyList<AskedMember> OfInterfaces(INamedTypeSymbol type, SourceSpan place)
    {
        var found = new List<AskedMember>();
        var listed = type.Interfaces.SelectMany(i => i.AllInterfaces.Prepend(i)).ToList();
        foreach (var member in type.AllInterfaces.Where(i => !i.IsZoo()).SelectMany(i => i.GetMembers()).OfType<IMethodSymbol>())
        {
            if (member is not { MethodKind: MethodKind.Ordinary, Arity: 0, IsStatic: false }) continue;
            // What the user implements is theirs, and so is what a base does, unless the class lists the interface again. A body in the
            // interface is what a generated member takes the place of.
            if (type.FindImplementationForInterfaceMember(member) is { ContainingType: { TypeKind: not TypeKind.Interface } by }
                && (SymbolEqualityComparer.Default.Equals(by, type)
                    || !listed.Contains(member.ContainingType, SymbolEqualityComparer.Default))) continue;
            var takesNull = string.Join(", ", member.Parameters.Select(p =>
                (p.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }
                    || HasAttribute(p, Flow, "AllowNullAttribute")) ? "?" : ""));
            var parameters = member.Parameters.Select(p => $"{Modifier(p)}{p.Type.ToDisplayString(AnnotatedFormat)} {p.Name}");
            var declared = $"{member.ReturnType.ToDisplayString(AnnotatedFormat)} {member.ContainingType.ToDisplayString(AnnotatedFormat)}."
                + $"{member.Name}({string.Join(", ", parameters)})";
            var neverReturns = HasAttribute(member, Flow, "DoesNotReturnAttribute");
            found.Add(new(member.Name, Parameters(member), takesNull, neverReturns, declared, place));
        }
        return found;
    }

    const string Flow = "System.Diagnostics.CodeAnalysis";

    static bool IsOverridable(ISymbol member) =>
        member is { IsStatic: false, IsSealed: false } && (member.IsVirtual || member.IsAbstract || member.IsOverride);

    public static bool IsObsolete(ISymbol member) => HasAttribute(member, "System", "ObsoleteAttribute");

    /// <summary>Whether C# says something of each use that is not written in code of the same kind.</summary>
    static bool IsDiscouraged(ISymbol member) => IsObsolete(member) || ExperimentOf(member) is not null;

    /// <summary>The id under which C# refuses each use of an experimental member; null where it is none.</summary>
    public static string? ExperimentOf(ISymbol member) => member.GetAttributes()
        .Where(a => Is(a, Flow, "ExperimentalAttribute")).Select(a => a.ConstructorArguments.FirstOrDefault().Value as string)
        .FirstOrDefault(id => id is not null);

    static bool HasAttribute(ISymbol symbol, string space, params string[] names) =>
        symbol.GetAttributes().Any(a => names.Any(name => Is(a, space, name)));

    static bool Is(AttributeData attribute, string space, string name) =>
        attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace.ToDisplayString() == space;
}
