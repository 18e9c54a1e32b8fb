using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Graphs;

/// <summary>
/// An immutable array that is equal to another when its elements are: what a cached stage of the generator must be made of.
/// </summary>
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

    /// <summary>For loops, without anything on the heap.</summary>
    public Enumerator GetEnumerator() => new(items ?? []);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (items ?? []).GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", this)}]";

    public static implicit operator EquatableArray<T>(T[] items) => new(items);

    /// <summary>One element after another.</summary>
    public struct Enumerator(T[] items)
    {
        int next;

        public readonly T Current => items[next - 1];

        public bool MoveNext() => ++next <= items.Length;
    }
}
