using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators.Diagnostics;

namespace Zoo.Generators.Tracing;

/// <summary>A method with <c>[Phase]</c>: what it trains and reports.</summary>
/// <param name="Method">The method.</param>
/// <param name="Attribute">Its attribute.</param>
/// <param name="Trains">Networks whose weights it moves; all where empty.</param>
/// <param name="Repeat">Calls of <c>Step</c> for one that runs the phases after it.</param>
/// <param name="Losses">Names of its losses: of the tuple's elements, or of the method.</param>
sealed record PhaseMethod(IMethodSymbol Method, AttributeData Attribute, IReadOnlyList<string> Trains, int Repeat, IReadOnlyList<string> Losses);

/// <summary>Finds the methods with own losses, and refuses those that cannot be phases.</summary>
static class PhaseMethods
{
    /// <summary>In order of declaration, without those that have a diagnostic.</summary>
    public static IReadOnlyList<PhaseMethod> Find(INamedTypeSymbol type, Location className, bool takesCondition, TraceLog log, CancellationToken cancellation)
    {
        var found = new List<PhaseMethod>();
        var any = false;
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Select(BodyEvaluator.WithBody))
        {
            if (method.GetAttributes().FirstOrDefault(a => a.AttributeClass.IsZoo("PhaseAttribute")) is not { } attribute) continue;
            any = true;
            if (Read(method, attribute, takesCondition, log, cancellation) is { } phase) found.Add(phase);
        }
        if (!any) log.Report(Descriptors.MissingNetwork, className, type.Name, "[Phase] static Tensor Loss(Tensor x, Noise n)");
        return found;
    }

    static PhaseMethod? Read(IMethodSymbol method, AttributeData attribute, bool takesCondition, TraceLog log, CancellationToken cancellation)
    {
        var syntax = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        var before = log.Items.Count;
        if (!method.IsStatic) log.Report(Descriptors.NetworkNotStatic, syntax.Identifier.GetLocation(), method.Name);
        string[] allowed = takesCondition ? ["x", "y", "n"] : ["x", "n"];
        var fits = method.Parameters.All(p => p.RefKind == RefKind.None && allowed.Contains(p.Name) && p.Type.IsZoo(NetworkMethods.TypeOf(p.Name)));
        if (!fits)
        {
            var expected = string.Join(", ", allowed.Select(p => $"{NetworkMethods.TypeOf(p)} {p}")) + ", each at most once and in any order"
                + (takesCondition ? "" : "; y needs Classes or Condition");
            log.Report(Descriptors.WrongNetworkParameters, syntax.ParameterList.GetLocation(), method.Name, expected, NetworkMethods.Written(method));
        }
        var tuple = method.ReturnType as INamedTypeSymbol is { IsTupleType: true } t ? t : null;
        var isTyped = tuple is null ? method.ReturnType.IsZoo("Tensor") : tuple.TupleElements.All(e => e.Type.IsZoo("Tensor") && e.IsExplicitlyNamedTupleElement);
        if (!isTyped && method.ReturnType.TypeKind != TypeKind.Error)
            log.Report(
                Descriptors.WrongNetworkReturnType, syntax.ReturnType.GetLocation(), method.Name, "Tensor or a tuple of named Tensors, one for each loss",
                method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        var named = attribute.NamedArguments.ToDictionary(a => a.Key, a => a.Value);
        var repeat = named.TryGetValue("Repeat", out var r) && r.Value is int count ? count : 1;
        if (repeat < 1) log.Report(Descriptors.InvalidOption, AttributeReader.Place(attribute, "Repeat", cancellation), $"Repeat must be at least 1, but is {repeat}");
        string[] trains = named.TryGetValue("Trains", out var t2) && !t2.IsNull ? [.. t2.Values.Select(v => v.Value as string).OfType<string>()] : [];
        string[] losses = tuple is null ? [method.Name] : [.. tuple.TupleElements.Select(e => e.Name)];
        return log.Items.Count == before ? new(method, attribute, trains, repeat, losses) : null;
    }
}
