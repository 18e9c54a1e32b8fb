using System.Collections.Generic;

namespace Zoo.Generators.Graphs;

/// <summary>
/// One operation in SSA form. Nodes are made by a <see cref="GraphBuilder"/>, which makes equal ones once, so that within a builder
/// reference equality is structural equality; across builders <see cref="Hash"/> decides first (see <see cref="Roots"/>).
/// </summary>
public sealed class Node
{
    internal Node(Op op, TensorType type, IReadOnlyList<Node> inputs, NodeAttributes attributes, int site)
    {
        (Op, Type, Inputs, Attributes, Site) = (op, type, inputs, attributes, site);
        var hash = Hash128.Start.Add((int)op).Add(type.Rows).Add(type.Shape.Rank);
        for (var i = 0; i < type.Shape.Rank; i++) hash = hash.Add(type.Shape[i]);
        hash = hash.Add(attributes.Name).Add(attributes.Value).Add(attributes.Value2)
            .Add(attributes.Axis).Add(attributes.Start).Add((attributes.TransposeA ? 1 : 0) + (attributes.TransposeB ? 2 : 0))
            .Add((int)attributes.Draw);
        foreach (var axis in attributes.Axes) hash = hash.Add(axis + 1);
        if (attributes.Windowing is { } windowing) hash = windowing.AddTo(hash);
        foreach (var input in inputs) hash = hash.Add(input.Hash);
        Hash = hash;
    }

    public Op Op { get; }

    public TensorType Type { get; }

    public IReadOnlyList<Node> Inputs { get; }

    public NodeAttributes Attributes { get; }

    /// <summary>
    /// Ordinal of the place in the user's source that made this node, or −1; joined with locations only for diagnostics and not part of
    /// equality.
    /// </summary>
    public int Site { get; }

    public Hash128 Hash { get; }

    public Shape Shape => Type.Shape;

    public string Name => Attributes.Name ?? "";

    /// <summary>The number that stands everywhere in a constant; null for any other node.</summary>
    public float? Constant => Op == Op.Constant ? Attributes.Value : null;

    /// <summary>Of the structure, which is at hand and the same in every process; equality is that of references.</summary>
    public override int GetHashCode() => Hash.GetHashCode();

    public override string ToString() => GraphPrinter.Line(this);
}
