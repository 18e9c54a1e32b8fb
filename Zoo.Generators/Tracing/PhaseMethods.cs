using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>A method with <c>[Phase]</c>: what it trains and reports.</summary>
/// <param name="Method">The method.</param>
/// <param name="Attribute">Its attribute.</param>
/// <param name="Trains">Networks whose weights it moves; all where empty.</param>
/// <param name="Repeat">Calls of <c>Step</c> for one that runs the phases after it.</param>
/// <param name="Losses">Names of its losses: of the tuple's elements, or of the method.</param>
sealed record PhaseMethod(
    IMethodSymbol Method, AttributeData Attribute, IReadOnlyList<string> Trains, int Repeat, IReadOnlyList<string> Losses);

/// <summary>Finds the methods with own losses, and refuses those that cannot be phases.</summary>
static class PhaseMethods
{
    /// <summary>In order of declaration, without those that have a diagnostic.</summary>
    public static IReadOnlyList<PhaseMethod> Find(
        INamedTypeSymbol type, Location className, bool takesCondition, TraceLog log, CancellationToken cancellation)
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
        var before = log.Items.Count;
        CheckNames(found, log);
        var every = 1.0;
        foreach (var phase in found.Take(found.Count - 1))
        {
            if ((every *= phase.Repeat) <= int.MaxValue) continue;
            log.Report(
                Descriptors.InvalidOption, AttributeReader.Place(phase.Attribute, "Repeat", cancellation),
                $"Repeat is {phase.Repeat}, after which no phase behind '{phase.Method.Name}' is due within {int.MaxValue} calls of Step");
            break;
        }
        // Names that meet would be reported again by whatever uses them.
        return log.Items.Count == before ? found : [];
    }

    /// <summary>
    /// Losses are properties of a record; phases stand in snake case in names of hyperparameters. Two losses of one name are told by the
    /// variant.
    /// </summary>
    static void CheckNames(IReadOnlyList<PhaseMethod> phases, TraceLog log)
    {
        var names = new Dictionary<string, string>();
        foreach (var phase in phases)
        {
            void Wrong(Location place, string message) =>
                log.Report(Descriptors.InvalidPhase, place, message + ": name one of them otherwise");

            foreach (var (loss, place) in phase.Losses.Zip(Places(phase.Method), (loss, place) => (loss, place)))
                if (OfRecords.Contains(loss)) Wrong(place, $"Loss '{loss}' is called like a member that the record of losses has");
            var (name, snake) = (phase.Method.Name, Naming.SnakeCase(phase.Method.Name));
            if (name == "value__") Wrong(phase.Method.Locations[0], "'value__' is a name that every enum has, that of the phases too");
            else if (!names.TryGetValue(snake, out var first)) names.Add(snake, name);
            else Wrong(phase.Method.Locations[0], $"Phases '{first}' and '{name}' are both called '{snake}' among hyperparameters");
        }
    }

    static IEnumerable<Location> Places(IMethodSymbol method) => method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
        ? tuple.TupleElements.Select(e => e.Locations[0])
        : method.Locations;

    static readonly HashSet<string> OfRecords =
    [
        "Losses", "Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "Finalize", "ReferenceEquals", "Deconstruct",
        "PrintMembers",
    ];

    static PhaseMethod? Read(
        IMethodSymbol method, AttributeData attribute, bool takesCondition, TraceLog log, CancellationToken cancellation)
    {
        var syntax = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        var before = log.Items.Count;
        if (!method.IsStatic) log.Report(Descriptors.NetworkNotStatic, syntax.Identifier.GetLocation(), method.Name);
        var tuple = method.ReturnType as INamedTypeSymbol is { IsTupleType: true } t ? t : null;
        // A type that C# does not know is the compiler's to report.
        var types = method.Parameters.Select(p => p.Type).Concat(tuple?.TupleElements.Select(e => e.Type) ?? [method.ReturnType]);
        if (types.Any(type => type.TypeKind == TypeKind.Error)) return null;
        string[] allowed = takesCondition ? ["x", "y", "n"] : ["x", "n"];
        var fits = method.Parameters.All(p => p.RefKind == RefKind.None && allowed.Contains(p.Name)
            && p.Type.IsZoo(NetworkMethods.TypeOf(p.Name)));
        if (!fits)
        {
            var isFull = method.Parameters.Any(p => NetworkMethods.LooksSymbolic(p.Type));
            var expected = string.Join(", ", allowed.Select(p => $"{NetworkMethods.Surface(NetworkMethods.TypeOf(p), isFull)} {p}"))
                + ", each at most once and in any order" + (takesCondition ? "" : "; y needs Classes or Condition");
            log.Report(
                Descriptors.WrongNetworkParameters, syntax.ParameterList.GetLocation(), method.Name, expected,
                NetworkMethods.Written(method, isFull));
        }
        var isTyped = tuple is null
            ? method.ReturnType.IsZoo("Tensor")
            : tuple.TupleElements.All(e => e.Type.IsZoo("Tensor") && e.IsExplicitlyNamedTupleElement);
        if (!isTyped)
        {
            var isFull = NetworkMethods.LooksSymbolic(method.ReturnType);
            var tensor = NetworkMethods.Surface("Tensor", isFull);
            log.Report(
                Descriptors.WrongNetworkReturnType, syntax.ReturnType.GetLocation(), method.Name,
                $"{tensor} or a tuple of named {tensor}s, one for each loss", NetworkMethods.TypeName(method.ReturnType, isFull));
        }
        var named = attribute.NamedArguments.ToDictionary(a => a.Key, a => a.Value);
        var repeat = named.TryGetValue("Repeat", out var r) && r.Value is int count ? count : 1;
        if (repeat < 1)
            log.Report(Descriptors.InvalidOption, AttributeReader.Place(attribute, "Repeat", cancellation),
                $"Repeat must be at least 1, but is {repeat}");
        string[] trains = named.TryGetValue("Trains", out var t2) && !t2.IsNull
            ? [.. t2.Values.Select(v => v.Value as string).OfType<string>()]
            : [];
        string[] losses = tuple is null ? [method.Name] : [.. tuple.TupleElements.Select(e => e.Name)];
        return log.Items.Count == before ? new(method, attribute, trains, repeat, losses) : null;
    }
}
