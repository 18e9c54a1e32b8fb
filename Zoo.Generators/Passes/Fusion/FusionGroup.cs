using System.Collections.Generic;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>
/// Nodes that become one kernel: elementwise work over one space, with at most one product in front; or one other node alone.
/// </summary>
public sealed class FusionGroup(TensorType type, Node? product, Node? alone, IReadOnlyList<Node> members)
{
    /// <summary>A type of the space; equal up to axes of size 1 for all members.</summary>
    public TensorType Type { get; } = type;

    /// <summary>The product whose tiles the members work on.</summary>
    public Node? Product { get; } = product;

    /// <summary>A reduction, draw, concatenation or batched product: nothing joins it.</summary>
    public Node? Alone { get; } = alone;

    /// <summary>Elementwise nodes in topological order.</summary>
    public IReadOnlyList<Node> Members { get; } = members;

    /// <summary>Whether two types are one space: equal but for axes of size 1. It decides whether two values can share a kernel.</summary>
    public static bool SameSpace(TensorType a, TensorType b)
    {
        if (a.Rows != b.Rows) return false;
        var (left, right) = (a.Shape, b.Shape);
        for (int i = 0, j = 0; ; i++, j++)
        {
            while (i < left.Rank && left[i] == 1) i++;
            while (j < right.Rank && right[j] == 1) j++;
            if (i == left.Rank || j == right.Rank) return i == left.Rank && j == right.Rank;
            if (left[i] != right[j]) return false;
        }
    }

    /// <summary>Without reshapes that only add or drop axes of size 1.</summary>
    public static Node Canonical(Node node)
    {
        while (node.Op == Op.Reshape && SameSpace(node.Type, node.Inputs[0].Type)) node = node.Inputs[0];
        return node;
    }
}
