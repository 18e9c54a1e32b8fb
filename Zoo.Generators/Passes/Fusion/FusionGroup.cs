using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Nodes that become one kernel: elementwise work over one space, with at most one product in front and sums behind; or one other node alone.</summary>
sealed class FusionGroup(int id, TensorType type)
{
    FusionGroup? mergedInto;
    readonly HashSet<FusionGroup> dependencies = [];

    public int Id { get; } = id;

    /// <summary>A type of the space; equal up to axes of size 1 for all members.</summary>
    public TensorType Type { get; private set; } = type;

    public Node? Product { get; set; }

    /// <summary>A reduction, draw, concatenation or batched product: nothing joins it.</summary>
    public Node? Alone { get; init; }

    public List<Node> Members { get; } = [];

    /// <summary>Values stored for others: into the given node's memory at an offset along an axis, or into a root.</summary>
    public List<(Node Value, ValueView Target)> Stores { get; } = [];

    /// <summary>Sums attached to the group.</summary>
    public List<Node> Sums { get; } = [];

    /// <summary>How many leading axes are rows; null while free.</summary>
    public int? Split { get; set; }

    public FusionGroup Representative => mergedInto is null ? this : mergedInto = mergedInto.Representative;

    public IEnumerable<FusionGroup> Dependencies => dependencies.Select(d => d.Representative).Where(d => d != this).Distinct();

    public void DependsOn(FusionGroup other)
    {
        if (other.Representative != Representative) dependencies.Add(other);
    }

    /// <summary>Whether this group needs a result of the other, directly or through further groups.</summary>
    public bool Reaches(FusionGroup other)
    {
        var seen = new HashSet<FusionGroup> { this };
        var open = new Stack<FusionGroup>(Dependencies);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (next == other) return true;
            if (!seen.Add(next)) continue;
            foreach (var further in next.Dependencies) open.Push(further);
        }
        return false;
    }

    public void Absorb(FusionGroup other)
    {
        if (other.Product is not null) (Product, Type) = (other.Product, other.Type);
        Members.AddRange(other.Members);
        foreach (var dependency in other.dependencies) dependencies.Add(dependency);
        other.mergedInto = this;
    }

    /// <summary>The space without axes of size 1: what decides whether two values can share a kernel.</summary>
    public static string Key(TensorType type) => $"{type.Rows}|{string.Join(",", type.Shape.Dimensions.Where(d => d != 1))}";
}
