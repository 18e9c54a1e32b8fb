using System;
using System.Collections.Generic;

namespace Zoo.Generators.Passes;

/// <summary>
/// Which stretches of an arena are taken during which levels, and the first that is free during some: a tree over the levels, each of whose
/// nodes knows what is taken during all of its levels and what during any. Stretches that touch are one, so that a node knows few of them.
/// </summary>
public sealed class Occupancy
{
    readonly int leaves = 1;
    readonly Stretches[] throughout;
    readonly Stretches[] sometimes;

    public Occupancy(int levels)
    {
        while (leaves < levels) leaves *= 2;
        (throughout, sometimes) = (new Stretches[2 * leaves], new Stretches[2 * leaves]);
        for (var i = 0; i < 2 * leaves; i++) (throughout[i], sometimes[i]) = (new(), new());
    }

    /// <summary>
    /// The lowest offset, not below <paramref name="from"/>, behind which so much is free from the first to the last level.
    /// </summary>
    public int FirstFree(int first, int last, int size, int from)
    {
        var relevant = new List<Stretches>();
        Collect(1, 0, leaves - 1, first, last, relevant);
        var offset = from;
        for (var isFree = false; !isFree;)
        {
            isFree = true;
            foreach (var stretches in relevant)
                if (stretches.EndOfFirst(offset, size) is { } end) (offset, isFree) = (end, false);
        }
        return offset;
    }

    void Collect(int node, int low, int high, int first, int last, List<Stretches> relevant)
    {
        if (last < low || high < first) return;
        if (first <= low && high <= last)
        {
            relevant.Add(sometimes[node]);
            return;
        }
        relevant.Add(throughout[node]);
        var middle = (low + high) / 2;
        Collect(2 * node, low, middle, first, last, relevant);
        Collect(2 * node + 1, middle + 1, high, first, last, relevant);
    }

    public void Take(int first, int last, int offset, int size) => Take(1, 0, leaves - 1, first, last, offset, checked(offset + size));

    void Take(int node, int low, int high, int first, int last, int start, int end)
    {
        if (last < low || high < first) return;
        sometimes[node].Add(start, end);
        if (first <= low && high <= last)
        {
            throughout[node].Add(start, end);
            return;
        }
        var middle = (low + high) / 2;
        Take(2 * node, low, middle, first, last, start, end);
        Take(2 * node + 1, middle + 1, high, first, last, start, end);
    }

    /// <summary>Stretches that neither overlap nor touch, in order.</summary>
    sealed class Stretches
    {
        readonly List<(int Start, int End)> items = [];

        /// <summary>Where the first stretch ends that lies in the way of so much behind an offset; null if none does.</summary>
        public int? EndOfFirst(int offset, int size)
        {
            var i = FirstThatEndsAfter(offset);
            return i < items.Count && items[i].Start < offset + (long)size ? items[i].End : null;
        }

        public void Add(int start, int end)
        {
            // Those that it overlaps or touches become a part of it.
            var from = FirstThatEndsAfter(start - 1);
            var to = from;
            for (; to < items.Count && items[to].Start <= end; to++)
                (start, end) = (Math.Min(start, items[to].Start), Math.Max(end, items[to].End));
            items.RemoveRange(from, to - from);
            items.Insert(from, (start, end));
        }

        int FirstThatEndsAfter(int offset)
        {
            var (low, high) = (0, items.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (items[middle].End > offset) high = middle;
                else low = middle + 1;
            }
            return low;
        }
    }
}
