using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>Finds the networks that a variant looks for, and refuses those with another signature.</summary>
static class NetworkMethods
{
    /// <summary>Methods by network, without those that have a diagnostic.</summary>
    public static Dictionary<string, IMethodSymbol> Find(INamedTypeSymbol type, Location className, Variant variant, TraceLog log, CancellationToken cancellation)
    {
        var found = new Dictionary<string, IMethodSymbol>();
        foreach (var signature in variant.Networks)
        {
            var methods = type.GetMembers(signature.Name).OfType<IMethodSymbol>().Select(BodyEvaluator.WithBody).ToList();
            if (methods.Count == 0)
            {
                if (signature.IsRequired) log.Report(Descriptors.MissingNetwork, className, type.Name, $"static {Returns(signature)} {signature.Name}({Parameters(signature)})");
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
        var fits = method.Parameters.Select(p => p.Name).SequenceEqual(signature.Parameters)
            && method.Parameters.All(p => p.RefKind == RefKind.None && p.Type.IsZoo(TypeOf(p.Name)));
        if (!fits)
            log.Report(Descriptors.WrongNetworkParameters, syntax.ParameterList.GetLocation(), method.Name, Parameters(signature), string.Join(", ", method.Parameters.Select(p => $"{p.Type.ToDisplayString(TypeFormat)} {p.Name}")));
        if (!signature.Returns.Any(r => method.ReturnType.IsZoo(r.Kind.ToString())) && method.ReturnType.TypeKind != TypeKind.Error)
            log.Report(Descriptors.WrongNetworkReturnType, syntax.ReturnType.GetLocation(), method.Name, Returns(signature), method.ReturnType.ToDisplayString(TypeFormat));
        return log.Items.Count == before;
    }

    public static OutputKind Kind(IMethodSymbol method) => method.ReturnType.Name switch
    {
        "Gaussian" => OutputKind.Gaussian,
        "Bernoulli" => OutputKind.Bernoulli,
        _ => OutputKind.Tensor,
    };

    /// <summary>Noise is called n in every variant.</summary>
    static string TypeOf(string parameter) => parameter == "n" ? "Noise" : "Tensor";

    static string Parameters(NetworkSignature signature) => string.Join(", ", signature.Parameters.Select(p => $"{TypeOf(p)} {p}"));

    static string Returns(NetworkSignature signature) => string.Join(" or ", signature.Returns.Select(r => r.Kind));

    static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.MinimallyQualifiedFormat;
}
