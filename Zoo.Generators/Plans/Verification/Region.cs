using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Zoo.Generators.Plans.Verification;

/// <summary>So many steps of so many floats.</summary>
public readonly record struct Axis(long Count, long Stride);

/// <summary>
/// The floats that an access touches: runs of <see cref="Width"/> neighbours, repeated along a few outer axes. Exact, whatever strides it
/// is made of; the runs are only written out where two regions cannot be compared as they are.
/// </summary>
public sealed class Region
{
    readonly Axis[] outer;

    Region(long start, long width, Axis[] outer, bool isOneToOne)
    {
        (Start, Width, this.outer, IsOneToOne) = (start, width, outer, isOneToOne);
        End = start + Reach(outer, 0, outer.Length) + width;
    }

    public long Start { get; }

    /// <summary>Neighbouring floats of each run.</summary>
    public long Width { get; }

    /// <summary>Whether each point of the space has a float of its own, as a kernel's writes must.</summary>
    public bool IsOneToOne { get; }

    /// <summary>One past the last float.</summary>
    public long End { get; }

    public bool IsOneRun => outer.Length == 0;

    public static Region Stretch(long start, long length) => new(start, length, None, isOneToOne: true);

    static readonly Axis[] None = [];

    /// <summary>All that axes reach; an axis of stride 0 is walked on the spot. The array is the region's from now on.</summary>
    public static Region Of(long start, params Axis[] axes)
    {
        var count = 0;
        foreach (var axis in axes)
        {
            if (axis.Count == 1) continue;
            // There are few, and every access of every plan comes through here: sorted by stride as they come.
            var place = count++;
            for (; place > 0 && axes[place - 1].Stride > axis.Stride; place--) axes[place] = axes[place - 1];
            axes[place] = axis;
        }
        var (width, isOneToOne, first) = (1L, true, 0);
        for (var i = 0; i < count; i++)
        {
            var axis = axes[i];
            var inner = Reach(axes, first, i) + width;
            if (axis.Stride < inner) isOneToOne = false;
            if (first == i && axis.Stride <= width)
            {
                width += (axis.Count - 1) * axis.Stride;
                first++;
            }
        }
        if (first == count) return new(start, width, None, isOneToOne);
        var outer = new Axis[count - first];
        for (var i = 0; i < outer.Length; i++) outer[i] = axes[count - 1 - i];
        return new(start, width, outer, isOneToOne);
    }

    static long Reach(Axis[] axes, int from, int to)
    {
        var reach = 0L;
        for (var i = from; i < to; i++) reach += (axes[i].Count - 1) * axes[i].Stride;
        return reach;
    }

    /// <summary>What a map's operand reaches over rows × columns, from each place along further axes.</summary>
    public static Region Of(Operand operand, long rows, long columns, params Axis[] from)
    {
        var axes = new Axis[operand.Rows.Count + 2 + from.Length];
        axes[0] = new(columns, operand.ColumnStride);
        from.CopyTo(axes, operand.Rows.Count + 2);
        var reached = 1L;
        for (var i = 0; i < operand.Rows.Count; i++)
        {
            var (divisor, modulus, stride) = operand.Rows[i];
            var steps = (rows + divisor - 1) / divisor;
            var count = modulus == 0 || steps < modulus ? steps : modulus;
            axes[i + 1] = new(count, stride);
            reached *= count;
        }
        // Rows that no term tells apart.
        axes[operand.Rows.Count + 1] = reached < rows ? new(2, 0) : new(1, 0);
        return Of(operand.Offset, axes);
    }

    public bool Overlaps(Region other)
    {
        if (other.Start >= End || Start >= other.End) return false;
        return IsOneRun && other.IsOneRun || new Intervals(this).Overlaps(new Intervals(other));
    }

    /// <summary>Whether the other lies wholly in this one, as far as that shows without writing out the runs.</summary>
    public bool PlainlyCovers(Region other)
    {
        if (IsOneRun) return Start <= other.Start && other.End <= End;
        if (Equals(other)) return true;
        if (outer.Length != 1 || other.outer.Length != 1 || outer[0].Stride != other.outer[0].Stride || other.Start < Start) return false;
        var (rows, column) = ((other.Start - Start) / outer[0].Stride, (other.Start - Start) % outer[0].Stride);
        return column + other.Width <= Width && rows + other.outer[0].Count <= outer[0].Count;
    }

    public bool Equals(Region other) => Start == other.Start && Width == other.Width && outer.SequenceEqual(other.outer);

    /// <summary>First floats of all runs; ascending unless axes interlock.</summary>
    public IEnumerable<long> Runs()
    {
        var starts = new List<long> { Start };
        foreach (var axis in outer)
        {
            var next = new List<long>(starts.Count * (int)axis.Count);
            foreach (var start in starts)
                for (var i = 0L; i < axis.Count; i++) next.Add(start + i * axis.Stride);
            starts = next;
        }
        return starts;
    }

    public override string ToString()
    {
        string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
        var repeats = outer.Select(a => $" × {Number(a.Count)} every {Number(a.Stride)}");
        return $"[{Number(Start)}, {Number(Start + Width)}){string.Concat(repeats)}";
    }
}
