using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Graphs;

/// <summary>
/// Named results of a graph, with value equality: first by 128-bit structural hash, then by walking both graphs side by side. This is what makes a
/// stage that ends in a graph cacheable.
/// </summary>
public sealed class Roots : IEquatable<Roots>, IReadOnlyList<(string Name, Node Node)>
{
    readonly (string Name, Node Node)[] items;
    readonly Hash128 hash;

    public Roots(IEnumerable<(string Name, Node Node)> items)
    {
        this.items = items.ToArray();
        hash = this.items.Aggregate(Hash128.Start, (h, r) => h.Add(r.Name).Add(r.Node.Hash));
    }

    public int Count => items.Length;

    public (string Name, Node Node) this[int index] => items[index];

    public Node this[string name] => items.First(r => r.Name == name).Node;

    public Node? Find(string name) => items.FirstOrDefault(r => r.Name == name).Node;

    /// <summary>The storage whose gradient a result is by its name, or null.</summary>
    public static string? GradientOf(string name) =>
        name.StartsWith(Gradient, StringComparison.Ordinal) ? name.Substring(Gradient.Length) : null;

    const string Gradient = "gradient.";

    public Roots Select(Func<Node, Node> change) => new(items.Select(r => (r.Name, change(r.Node))));

    public bool Equals(Roots? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || hash != other.hash || Count != other.Count) return false;
        var counterpart = new Dictionary<Node, Node>();
        var (mine, theirs) = (Topology.Sort(items.Select(r => r.Node)), Topology.Sort(other.items.Select(r => r.Node)));
        if (mine.Count != theirs.Count) return false;
        for (var i = 0; i < mine.Count; i++)
        {
            var (a, b) = (mine[i], theirs[i]);
            if (a.Op != b.Op || a.Type != b.Type || !a.Attributes.Equals(b.Attributes) || a.Inputs.Count != b.Inputs.Count) return false;
            for (var j = 0; j < a.Inputs.Count; j++)
                if (counterpart[a.Inputs[j]] != b.Inputs[j]) return false;
            counterpart[a] = b;
        }
        return items.Zip(other.items, (a, b) => a.Name == b.Name && counterpart[a.Node] == b.Node).All(equal => equal);
    }

    public override bool Equals(object? obj) => Equals(obj as Roots);

    public override int GetHashCode() => hash.GetHashCode();

    public IEnumerator<(string Name, Node Node)> GetEnumerator() => ((IEnumerable<(string, Node)>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => GraphPrinter.Print(items);
}
