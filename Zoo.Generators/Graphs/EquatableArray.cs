using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Graphs;

/// <summary>An immutable array that is equal to another when its elements are: what a cached stage of the generator must be made of.</summary>
public readonly struct EquatableArray<T>(T[] items) : IEquatable<EquatableArray<T>>, IReadOnlyList<T> where T : IEquatable<T>
{
    readonly T[]? items = items;

    public EquatableArray(IEnumerable<T> items) : this(items.ToArray()) { }

    public static EquatableArray<T> Empty => new([]);

    public int Count => items?.Length ?? 0;

    public T this[int index] => items![index];

    public bool Equals(EquatableArray<T> other) => ((ReadOnlySpan<T>)items).SequenceEqual(other.items);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in this) hash = unchecked(hash * 31 + item.GetHashCode());
        return hash;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", this)}]";

    public static implicit operator EquatableArray<T>(T[] items) => new(items);
}
