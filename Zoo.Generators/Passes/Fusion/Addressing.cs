using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Strides along the axes of a map's space of all that it touches.</summary>
/// <param name="Loads">Walked with stride 1 or 0 along the columns.</param>
/// <param name="Stores">Walked with stride 1.</param>
/// <param name="PerRow">Labels by which rows are read: one for all columns.</param>
public sealed record WalkedStrides(IReadOnlyList<int[]> Loads, IReadOnlyList<int[]> Stores, IReadOnlyList<int[]> PerRow);

/// <summary>Turns views into operands of a map over rows × columns.</summary>
static class Addressing
{
    /// <summary>Strides of a view along the axes of a space; axes of size 1 in either are passed over.</summary>
    public static int[] Strides(ValueView view, int[] axes)
    {
        var strides = new int[axes.Length];
        var from = 0;
        for (var i = 0; i < axes.Length; i++)
        {
            if (axes[i] == 1) continue;
            while (view.Sizes[from] == 1) from++;
            strides[i] = view.Strides[from++];
        }
        return strides;
    }

    /// <summary>The stride of the columns, if the axes from <paramref name="split"/> on can be walked with one; else null.</summary>
    public static int? ColumnStride(int[] strides, int[] axes, int split)
    {
        int? stride = null;
        var expected = 0;
        for (var i = axes.Length - 1; i >= split; i--)
        {
            if (axes[i] == 1) continue;
            if (stride is null) stride = expected = strides[i];
            else if (strides[i] != expected) return null;
            expected *= axes[i];
        }
        return stride ?? 1;
    }

    /// <summary>The most columns that all operands can be walked along.</summary>
    public static int BestSplit(int[] axes, WalkedStrides strides)
    {
        var best = axes.Length;
        for (var split = axes.Length - 1; split >= 0; split--)
            if (Fits(axes, split, strides)) best = split;
            else if (axes[split] != 1) break;
        return best;
    }

    public static bool Fits(int[] axes, int split, WalkedStrides strides) =>
        strides.Loads.All(s => ColumnStride(s, axes, split) is 0 or 1)
        && strides.Stores.All(s => ColumnStride(s, axes, split) == 1)
        && strides.PerRow.All(s => Enumerable.Range(split, axes.Length - split).All(i => axes[i] == 1 || s[i] == 0));

    public static Operand Operand(ValueView view, int[] axes, int split)
    {
        var strides = Strides(view, axes);
        var terms = new List<RowTerm>();
        var divisor = 1;
        for (var i = split - 1; i >= 0; i--)
        {
            if (axes[i] == 1) continue;
            // Neighbouring axes that continue each other are one term.
            var size = axes[i];
            var stride = strides[i];
            var first = i;
            while (first > 0 && size > 0 && (axes[first - 1] == 1 || strides[first - 1] == stride * size))
            {
                first--;
                if (axes[first] == 1) continue;
                size = axes[first] < 0 ? -1 : size * axes[first];
            }
            if (stride != 0) terms.Add(new(divisor, size < 0 || IsOutermost(axes, first) ? 0 : size, stride));
            if (size > 0) divisor *= size;
            i = first;
        }
        terms.Reverse();
        return new(view.Slot.Id, view.Offset, new(terms), ColumnStride(strides, axes, split) ?? 0);
    }

    static bool IsOutermost(int[] axes, int first) => axes.Take(first).All(a => a == 1);

    /// <summary>Elements of a run of axes.</summary>
    public static Extent Count(IEnumerable<int> axes)
    {
        var (count, perRow) = (1, false);
        foreach (var axis in axes)
            if (axis < 0) perRow = true;
            else count = checked(count * axis);
        return perRow ? new(count, 0) : Extent.Of(count);
    }
}
