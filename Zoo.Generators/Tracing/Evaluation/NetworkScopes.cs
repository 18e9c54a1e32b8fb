using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>
/// The networks of a model: those its variant names, and every method with <c>[Network]</c> that one of them calls; and its own losses.
/// </summary>
/// <param name="variantNetworks">Networks that the variant names.</param>
/// <param name="ownLosses">Methods with own losses.</param>
/// <param name="seeing">Networks that may look across the batch.</param>
/// <param name="firstValues">How layers begin that do not say it.</param>
sealed class NetworkScopes(
    IEnumerable<IMethodSymbol> variantNetworks, IEnumerable<IMethodSymbol> ownLosses, IEnumerable<IMethodSymbol> seeing,
    IReadOnlyList<FirstValues> firstValues)
{
    readonly HashSet<IMethodSymbol> named = new(variantNetworks, SymbolEqualityComparer.Default);
    readonly HashSet<IMethodSymbol> phases = new(ownLosses, SymbolEqualityComparer.Default);
    readonly HashSet<IMethodSymbol> seeing = new(seeing, SymbolEqualityComparer.Default);
    readonly Dictionary<IMethodSymbol, NetworkScope> scopes = new(SymbolEqualityComparer.Default);
    readonly List<NetworkScope> order = [];

    /// <summary>In order of first evaluation.</summary>
    public IReadOnlyList<NetworkScope> All => order;

    /// <summary>Draws from here on may be met again: see <see cref="RepeatDraws"/>.</summary>
    public void BeginDraws()
    {
        foreach (var scope in order) scope.BeginDraws();
    }

    /// <summary>What is drawn next has the names of a first call, by itself.</summary>
    public void RestartDraws()
    {
        foreach (var scope in order) scope.RestartDraws();
    }

    /// <summary>What is drawn next has the names that draws since <see cref="BeginDraws"/> had.</summary>
    public void RepeatDraws()
    {
        foreach (var scope in order) scope.RepeatDraws();
    }

    /// <summary>The network that a method is, or null for a helper.</summary>
    public NetworkScope? Find(IMethodSymbol method)
    {
        if (scopes.TryGetValue(method, out var known)) return known;
        if (!named.Contains(method) && !phases.Contains(method)
            && !method.GetAttributes().Any(a => a.AttributeClass.IsZoo("NetworkAttribute"))) return null;
        var prefix = Naming.SnakeCase(method.Name);
        if (order.FirstOrDefault(s => s.Prefix == prefix) is { } other)
            throw new TraceException(Descriptors.DuplicateName, prefix, $"the network {other.Method.ToDisplayString()}");
        var scope = new NetworkScope(method, prefix, phases.Contains(method), phases.Contains(method) || seeing.Contains(method),
            FirstValues.Of(firstValues, method.Name));
        scopes.Add(method, scope);
        order.Add(scope);
        return scope;
    }
}
