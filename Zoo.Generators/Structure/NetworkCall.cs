using System.Collections.Generic;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Structure;

/// <summary>A call of a network by a program.</summary>
/// <param name="Network">The network.</param>
/// <param name="Scope">Scope of the call's draws.</param>
/// <param name="Operands">What it was given, by the network's parameters.</param>
/// <param name="Results">What it gave.</param>
public sealed record NetworkCall(
    NetworkTrace Network, DrawScope Scope, IReadOnlyList<(string Parameter, Node Node)> Operands, Roots Results);
