using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>
/// A value as strides over memory. Axes are those of <see cref="Axes"/>: the rows of the batch (size −1, unknown), rows per example where
/// there are several, then the shape.
/// </summary>
public sealed record ValueView(MemorySlot Slot, int Offset, int[] Sizes, int[] Strides)
{
    /// <summary>Sizes of a type's axes; the rows of the batch count −1.</summary>
    public static int[] Axes(TensorType type) =>
        [.. type.Rows > 0 ? [-1] : System.Array.Empty<int>(), .. type.Rows > 1 ? [type.Rows] : System.Array.Empty<int>(),
            .. type.Shape.Dimensions];

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

    public bool HasUnitColumns
    {
        get
        {
            var last = Enumerable.Range(0, Sizes.Length).Where(i => Sizes[i] != 1).Append(-1).Max();
            return last <= 0 || Strides[last] == 1;
        }
    }

    /// <summary>All axes but the outermost are walked with stride 1: what vector code and products can read and write.</summary>
    public bool IsContiguousPerRow
    {
        get
        {
            var axes = Sizes.Select((_, i) => i).Where(i => Sizes[i] != 1).Skip(1).ToArray();
            var stride = 1;
            foreach (var i in Enumerable.Reverse(axes))
            {
                if (Strides[i] != stride) return false;
                stride *= Sizes[i];
            }
            return axes.Length > 0 || IsContiguous;
        }
    }

    /// <summary>Of a matrix: floats from one row to the next.</summary>
    public int RowStride => Strides[Strides.Length - 2];

    /// <summary>The view as rows × columns with column stride 1, or null.</summary>
    public ValueView? AsMatrix(TensorType type)
    {
        var columns = type.Shape.Last;
        var last = Strides.Length - 1;
        if (columns != 1 && Strides[last] != 1) return null;
        // Several rows per example are one axis of rows.
        if (type.Rows > 1 && Strides[0] != Strides[1] * type.Rows) return null;
        var strides = (int[])Strides.Clone();
        strides[last] = 1;
        if (Sizes[last - 1] == 1) strides[last - 1] = columns;
        return this with { Strides = strides };
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
