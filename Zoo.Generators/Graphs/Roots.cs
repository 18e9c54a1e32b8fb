global using Roots = Zoo.Generators.Graphs.Roots<string>;
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Graphs;

/// <summary>
/// Named results of a graph, with value equality: first by 128-bit structural hash, then by walking both graphs side by side. This is what
/// makes a stage that ends in a graph cacheable. The results of a network have plain names, those of a program a kind as well.
/// </summary>
public sealed class Roots<TName> : IEquatable<Roots<TName>>, IReadOnlyList<(TName Name, Node Node)> where TName : IEquatable<TName>
{
    readonly (TName Name, Node Node)[] items;
    readonly Hash128 hash;

    public Roots(IEnumerable<(TName Name, Node Node)> items)
    {
        this.items = items.ToArray();
        hash = this.items.Aggregate(Hash128.Start, (h, r) => h.Add(r.Name.ToString()).Add(r.Node.Hash));
    }

    public int Count => items.Length;

    public (TName Name, Node Node) this[int index] => items[index];

    public Node this[TName name] => items.First(r => r.Name.Equals(name)).Node;

    public Node? Find(TName name) => items.FirstOrDefault(r => r.Name.Equals(name)).Node;

    public Roots<TName> Select(Func<Node, Node> change) => new(items.Select(r => (r.Name, change(r.Node))));

    public bool Equals(Roots<TName>? other)
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
        return items.Zip(other.items, (a, b) => a.Name.Equals(b.Name) && counterpart[a.Node] == b.Node).All(equal => equal);
    }

    public override bool Equals(object? obj) => Equals(obj as Roots<TName>);

    public override int GetHashCode() => hash.GetHashCode();

    public IEnumerator<(TName Name, Node Node)> GetEnumerator() => ((IEnumerable<(TName, Node)>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => GraphPrinter.Print(items.Select(i => (i.Name.ToString(), i.Node)));
}
