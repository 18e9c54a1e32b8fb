using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Zoo.Generators.Tracing;

/// <summary>A call of a method: its locals and the network that owns what it makes.</summary>
sealed class Frame(IMethodSymbol method, NetworkScope scope, Frame? caller)
{
    public IMethodSymbol Method { get; } = method;

    public NetworkScope Scope { get; } = scope;

    public Frame? Caller { get; } = caller;

    /// <summary>Locals and parameters.</summary>
    public Dictionary<ISymbol, Value> Locals { get; } = new(SymbolEqualityComparer.Default);

    public Value Result { get; set; } = Value.Nothing;
}

/// <summary>Where control goes after a statement.</summary>
enum Flow { Next, Break, Continue, Return }
