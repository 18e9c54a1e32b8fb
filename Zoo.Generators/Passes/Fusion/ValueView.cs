using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>
/// A value as strides over memory. Axes are those of <see cref="Axes"/>: the rows of the batch (size −1, unknown), rows per example where there are
/// several, then the shape.
/// </summary>
sealed record ValueView(MemorySlot Slot, int Offset, int[] Sizes, int[] Strides)
{
    /// <summary>Sizes of a type's axes; the rows of the batch count −1.</summary>
    public static int[] Axes(TensorType type) =>
        [.. type.Rows > 0 ? [-1] : System.Array.Empty<int>(), .. type.Rows > 1 ? [type.Rows] : System.Array.Empty<int>(), .. type.Shape.Dimensions];

    /// <summary>Row-major strides of a type.</summary>
    public static int[] Contiguous(TensorType type)
    {
        var sizes = Axes(type);
        var strides = new int[sizes.Length];
        var stride = 1;
        for (var i = sizes.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= sizes[i];
        }
        return strides;
    }

    public static ValueView Whole(MemorySlot slot, TensorType type) => new(slot, 0, Axes(type), Contiguous(type));

    public bool IsContiguous
    {
        get
        {
            var stride = 1;
            for (var i = Sizes.Length - 1; i >= 0; i--)
            {
                if (Sizes[i] == 1) continue;
                if (Strides[i] != stride) return false;
                stride *= Sizes[i];
            }
            return true;
        }
    }

    public ValueView Slice(Node slice)
    {
        var axis = Sizes.Length - slice.Shape.Rank + slice.Attributes.Axis;
        var sizes = (int[])Sizes.Clone();
        sizes[axis] = slice.Shape[slice.Attributes.Axis];
        return this with { Offset = Offset + slice.Attributes.Start * Strides[axis], Sizes = sizes };
    }

    public ValueView Broadcast(TensorType type)
    {
        var sizes = Axes(type);
        var lead = sizes.Length - Sizes.Length;
        var strides = new int[sizes.Length];
        for (var i = lead; i < sizes.Length; i++) strides[i] = Sizes[i - lead] == sizes[i] ? Strides[i - lead] : 0;
        return this with { Sizes = sizes, Strides = strides };
    }

    /// <summary>The same elements with other axes, or null where that needs a copy.</summary>
    public ValueView? Reshape(TensorType type)
    {
        var sizes = Axes(type);
        var strides = new int[sizes.Length];
        var (from, to) = (Real(Sizes), Real(sizes));
        var (i, j) = (0, 0);
        while (i < from.Count && j < to.Count)
        {
            // The smallest runs of old and new axes with equally many elements; rows of the batch pair with themselves.
            var (i2, j2) = (i + 1, j + 1);
            var (old, made) = (Sizes[from[i]], sizes[to[j]]);
            if (old == -1 || made == -1)
            {
                if (old != made) return null;
                strides[to[j]] = Strides[from[i]];
                (i, j) = (i2, j2);
                continue;
            }
            while (old != made)
            {
                if (old < made) old *= Sizes[from[i2++]];
                else made *= sizes[to[j2++]];
            }
            for (var k = i; k + 1 < i2; k++)
                if (Strides[from[k]] != Strides[from[k + 1]] * Sizes[from[k + 1]]) return null;
            var stride = Strides[from[i2 - 1]];
            for (var k = j2 - 1; k >= j; k--)
            {
                strides[to[k]] = stride;
                stride *= sizes[to[k]];
            }
            (i, j) = (i2, j2);
        }
        return this with { Sizes = sizes, Strides = strides };

        static List<int> Real(int[] sizes) => [.. Enumerable.Range(0, sizes.Length).Where(k => sizes[k] != 1)];
    }
}
