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

    public IReadOnlyList<int> Dimensions => dimensions ?? [];

    public int Rank => Dimensions.Count;

    public int this[int axis] => dimensions![axis];

    /// <summary>Number of elements.</summary>
    public int Count => Dimensions.Aggregate(1, (a, b) => checked(a * b));

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
        var rank = Math.Max(a.Rank, b.Rank);
        var (left, right) = (a.Padded(rank), b.Padded(rank));
        var result = new int[rank];
        for (var i = 0; i < rank; i++)
        {
            if (left[i] != right[i] && left[i] != 1 && right[i] != 1) return null;
            result[i] = left[i] == 1 ? right[i] : left[i];
        }
        return new(result);
    }

    public bool Equals(Shape other) => Dimensions.SequenceEqual(other.Dimensions);

    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    public override int GetHashCode() => Dimensions.Aggregate(17, (hash, d) => unchecked(hash * 31 + d));

    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    public override string ToString() => $"[{string.Join(", ", Dimensions.Select(d => d.ToString(CultureInfo.InvariantCulture)))}]";
}
