using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>A call on a symbolic type with its operands; C# has checked their types, so that the accessors may cast.</summary>
readonly struct SymbolicCall(
    GraphBuilder graph, NetworkScope scope, TraceMode mode, IMethodSymbol method, Value? receiver, IReadOnlyList<Value> arguments)
{
    public GraphBuilder Graph { get; } = graph;

    public NetworkScope Scope { get; } = scope;

    public TraceMode Mode { get; } = mode;

    public IMethodSymbol Method { get; } = method;

    public string Name => Method.Name;

    public int Count => arguments.Count;

    public Value Receiver => receiver!;

    /// <summary>The tensor that the method is called on.</summary>
    public Node This => ((Value.Tensor)receiver!).Node;

    public int Site => Graph.Site;

    public Value Value(int i) => arguments[i];

    public bool IsArray(int i) => arguments[i] is Tracing.Value.Array;

    public Node Node(int i) => ((Value.Tensor)arguments[i]).Node;

    public int Int(int i) => (int)Literal(i)!;

    public float Float(int i) => (float)Literal(i)!;

    public bool Flag(int i) => (bool)Literal(i)!;

    public string? Text(int i) => (string?)Literal(i);

    public Shape Shape(int i) => new(((Value.Array)arguments[i]).Items.Select(s => (int)((Value.Constant)s).Literal!));

    public Node[] Nodes(int i) => [.. ((Value.Array)arguments[i]).Items.Select(n => ((Value.Tensor)n).Node)];

    /// <summary>Name of the member of an enum.</summary>
    public string Member(int i)
    {
        var value = Literal(i);
        var parameter = Method.Parameters[i];
        return parameter.Type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => Equals(f.ConstantValue, value))?.Name
            ?? throw new TraceException(Descriptors.OutOfRange,
                $"{Name} takes a member of {parameter.Type.Name}, but got {Arithmetic.Text(value)}");
    }

    object? Literal(int i) => ((Value.Constant)arguments[i]).Literal;
}
