using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>Finds the networks that a variant looks for, and refuses those with another signature.</summary>
static class NetworkMethods
{
    /// <summary>Methods by network, without those that have a diagnostic.</summary>
    public static Dictionary<string, IMethodSymbol> Find(
        INamedTypeSymbol type, Location className, Variant variant, TraceLog log, CancellationToken cancellation)
    {
        var found = new Dictionary<string, IMethodSymbol>();
        foreach (var signature in variant.Networks)
        {
            var methods = type.GetMembers(signature.Name).OfType<IMethodSymbol>().Select(BodyEvaluator.WithBody).ToList();
            if (methods.Count == 0)
            {
                if (signature.IsRequired) log.Report(Descriptors.MissingNetwork, className, type.Name, Declaration(signature));
            }
            else if (methods.Count > 1)
            {
                log.Report(Descriptors.AmbiguousNetwork, methods[1].Locations[0], type.Name, signature.Name);
            }
            else if (Fits(methods[0], signature, log, cancellation))
            {
                found.Add(signature.Name, methods[0]);
            }
        }
        return found;
    }

    static bool Fits(IMethodSymbol method, NetworkSignature signature, TraceLog log, CancellationToken cancellation)
    {
        var syntax = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        var before = log.Items.Count;
        if (!method.IsStatic) log.Report(Descriptors.NetworkNotStatic, syntax.Identifier.GetLocation(), method.Name);
        // A type that C# does not know is the compiler's to report.
        if (method.Parameters.Any(p => p.Type.TypeKind == TypeKind.Error) || method.ReturnType.TypeKind == TypeKind.Error) return false;
        var names = method.Parameters.Select(p => p.Name).ToList();
        var areTyped = method.Parameters.All(p => p.RefKind == RefKind.None && p.Type.IsZoo(TypeOf(p.Name)));
        if (!areTyped || !signature.Parameters.Any(names.SequenceEqual))
        {
            var isFull = method.Parameters.Any(p => LooksSymbolic(p.Type));
            var expected = string.Join(") or (", signature.Parameters.Select(form => Parameters(form, isFull)));
            log.Report(
                Descriptors.WrongNetworkParameters, syntax.ParameterList.GetLocation(), method.Name, expected, Written(method, isFull));
        }
        if (Parts(method) is not { } parts || !signature.Returns.Any(r => parts.Select(p => p.Kind).SequenceEqual(r)))
        {
            var isFull = LooksSymbolic(method.ReturnType);
            log.Report(
                Descriptors.WrongNetworkReturnType, syntax.ReturnType.GetLocation(), method.Name, Returns(signature, isFull),
                TypeName(method.ReturnType, isFull));
        }
        return log.Items.Count == before;
    }

    /// <summary>What a method returns: one value, or the named elements of a tuple; null where anything else is among it.</summary>
    public static IReadOnlyList<OutputPart>? Parts(IMethodSymbol method)
    {
        if (method.ReturnType is not INamedTypeSymbol { IsTupleType: true } tuple)
            return Kind(method.ReturnType) is { } only ? [new("", only)] : null;
        var parts = new List<OutputPart>();
        foreach (var element in tuple.TupleElements)
        {
            if (Kind(element.Type) is not { } kind) return null;
            parts.Add(new(Naming.SnakeCase(element.Name), kind));
        }
        return parts;
    }

    static OutputKind? Kind(ITypeSymbol type) =>
        type.IsZoo() && Enum.TryParse<OutputKind>(type.Name, out var kind) ? kind : null;

    /// <summary>The roots of what a network gave; null where it is not of the kind that it says.</summary>
    public static Roots? Roots(IReadOnlyList<OutputPart> parts, Value result)
    {
        var values = parts.Count == 1 && parts[0].Name.Length == 0 ? [result] : (result as Value.Tuple)?.Items;
        if (values?.Count != parts.Count) return null;
        var roots = new List<(string, Node)>();
        for (var i = 0; i < parts.Count; i++)
        {
            switch (parts[i].Kind, values[i])
            {
                case (OutputKind.Tensor, Value.Tensor { Node: var node }):
                    roots.Add((parts[i].Root("value"), node));
                    break;
                case (OutputKind.Gaussian, Value.Gaussian { Law: var law }):
                    roots.Add((parts[i].Root("mean"), law.Mean));
                    roots.Add((parts[i].Root("log_variance"), law.LogVariance));
                    break;
                case (OutputKind.Bernoulli, Value.Bernoulli { Law: var law }):
                    roots.Add((parts[i].Root("logits"), law.Logits));
                    break;
                case (OutputKind.Categorical, Value.Categorical { Law: var law }):
                    roots.Add((parts[i].Root("logits"), law.Logits));
                    break;
                default:
                    return null;
            }
        }
        return new(roots);
    }

    /// <summary>Noise is called n in every variant.</summary>
    public static string TypeOf(string parameter) => parameter == "n" ? "Noise" : "Tensor";

    /// <summary>The parameters as they are, by full names where those expected are.</summary>
    public static string Written(IMethodSymbol method, bool isFull) =>
        string.Join(", ", method.Parameters.Select(p => $"{BaseMembers.Modifier(p)}{TypeName(p.Type, isFull)} {p.Name}"));

    /// <summary>
    /// Whether a type of somebody else, or one that it is made of, would read like one of the surface: full names tell them apart.
    /// </summary>
    public static bool LooksSymbolic(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => LooksSymbolic(array.ElementType),
        IPointerTypeSymbol pointer => LooksSymbolic(pointer.PointedAtType),
        INamedTypeSymbol named => (!named.IsZoo() && SurfaceTypes.IsSymbolicName(named.Name)) || named.TypeArguments.Any(LooksSymbolic),
        _ => !type.IsZoo() && SurfaceTypes.IsSymbolicName(type.Name),
    };

    /// <summary>
    /// Without a namespace a full name would read like a simple one, so it has <c>global::</c> in front, and one that is called like a type
    /// of the surface to the last dot has its assembly there.
    /// </summary>
    public static string TypeName(ITypeSymbol type, bool isFull)
    {
        if (!isFull) return type.ToDisplayString(TypeFormat);
        var name = Regex.Replace(type.ToDisplayString(FullFormat), @"global::(?=\w+\.)", "");
        return LooksSymbolic(type) && name.StartsWith("Zoo.", StringComparison.Ordinal) ? $"{type.ContainingAssembly.Name}::{name}" : name;
    }

    static string Parameters(IEnumerable<string> form, bool isFull) =>
        string.Join(", ", form.Select(p => $"{Surface(TypeOf(p), isFull)} {p}"));

    static string Returns(NetworkSignature signature, bool isFull)
    {
        string Form(IReadOnlyList<OutputKind> kinds) => string.Join(", ", kinds.Select(k => Surface(k.ToString(), isFull)));
        return string.Join(" or ", signature.Returns.Select(r => r.Count == 1 ? Form(r) : $"({Form(r)})"));
    }

    /// <summary>A type of the surface by its name.</summary>
    public static string Surface(string type, bool isFull) => isFull ? "Zoo." + type : type;

    static string Declaration(NetworkSignature signature)
    {
        var forms = string.Join(") or (", signature.Parameters.Select(form => Parameters(form, false)));
        return $"static {Returns(signature, false)} {signature.Name}({forms})";
    }

    static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.MinimallyQualifiedFormat;

    static readonly SymbolDisplayFormat FullFormat =
        SymbolDisplayFormat.FullyQualifiedFormat
            .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);
}
