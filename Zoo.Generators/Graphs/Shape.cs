using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Zoo.Generators.Graphs;

/// <summary>Axes of a value, the batch excluded. The empty shape is one number.</summary>
public readonly struct Shape(params int[] dimensions) : IEquatable<Shape>
{
    readonly int[]? dimensions = dimensions;

    public Shape(IEnumerable<int> dimensions) : this(dimensions.ToArray()) { }

    public static Shape Scalar => new([]);

    public IReadOnlyList<int> Dimensions => Sizes;

    int[] Sizes => dimensions ?? [];

    public int Rank => Sizes.Length;

    public int this[int axis] => dimensions![axis];

    /// <summary>Number of elements.</summary>
    public int Count
    {
        get
        {
            var count = 1;
            foreach (var size in Sizes) count = checked(count * size);
            return count;
        }
    }

    public int Last => Rank == 0 ? 1 : this[Rank - 1];

    /// <summary>The shape with one axis changed.</summary>
    public Shape With(int axis, int size)
    {
        var copy = Dimensions.ToArray();
        copy[axis] = size;
        return new(copy);
    }

    public Shape Without(int axis) => new(Dimensions.Where((_, i) => i != axis));

    /// <summary>The shape with ones in front, up to <paramref name="rank"/> axes.</summary>
    public Shape Padded(int rank) => new(Enumerable.Repeat(1, rank - Rank).Concat(Dimensions));

    /// <summary>As NumPy broadcasts: axes aligned at the end, sizes equal or one of them 1. Null where they do not fit.</summary>
    public static Shape? Broadcast(Shape a, Shape b)
    {
        if (a == b) return a;
        var result = new int[Math.Max(a.Rank, b.Rank)];
        for (var i = 1; i <= result.Length; i++)
        {
            var (left, right) = (i > a.Rank ? 1 : a[a.Rank - i], i > b.Rank ? 1 : b[b.Rank - i]);
            if (left != right && left != 1 && right != 1) return null;
            result[result.Length - i] = left == 1 ? right : left;
        }
        return new(result);
    }

    public bool Equals(Shape other) => ReferenceEquals(Sizes, other.Sizes) || ((ReadOnlySpan<int>)Sizes).SequenceEqual(other.Sizes);

    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var size in Sizes) hash = unchecked(hash * 31 + size);
        return hash;
    }

    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    public override string ToString() => $"[{string.Join(", ", Dimensions.Select(d => d.ToString(CultureInfo.InvariantCulture)))}]";
}
