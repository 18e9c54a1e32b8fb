using System;
using System.Collections.Generic;

namespace Zoo.Generators.Plans.Verification;

/// <summary>A set of floats as ascending stretches that do not touch. Every operation walks its operands once.</summary>
sealed class Intervals
{
    readonly List<(long Start, long End)> items = [];

    public Intervals() { }

    public Intervals(Region region)
    {
        var (ascending, last) = (true, long.MinValue);
        foreach (var start in region.Runs())
        {
            items.Add((start, start + region.Width));
            ascending &= start > last;
            last = start;
        }
        if (!ascending) items.Sort();
        items = Joined(items);
    }

    Intervals(List<(long Start, long End)> items) => this.items = items;

    public bool Overlaps(Intervals other)
    {
        for (int i = 0, j = 0; i < items.Count && j < other.items.Count;)
        {
            if (items[i].End <= other.items[j].Start) i++;
            else if (other.items[j].End <= items[i].Start) j++;
            else return true;
        }
        return false;
    }

    public Intervals Plus(Intervals other)
    {
        var merged = new List<(long Start, long End)>(items.Count + other.items.Count);
        for (int i = 0, j = 0; i < items.Count || j < other.items.Count;)
        {
            var isMine = j == other.items.Count || i < items.Count && items[i].CompareTo(other.items[j]) <= 0;
            merged.Add(isMine ? items[i++] : other.items[j++]);
        }
        return new(Joined(merged));
    }

    /// <summary>The first stretch of the other that is not in this, or null.</summary>
    public (long Start, long End)? FirstMissing(Intervals other)
    {
        var i = 0;
        foreach (var (start, end) in other.items)
        {
            while (i < items.Count && items[i].End <= start) i++;
            if (i == items.Count || items[i].Start > start) return (start, i == items.Count ? end : Math.Min(end, items[i].Start));
            if (items[i].End < end) return (items[i].End, i + 1 < items.Count ? Math.Min(end, items[i + 1].Start) : end);
        }
        return null;
    }

    /// <summary>Ascending stretches with neighbours joined.</summary>
    static List<(long Start, long End)> Joined(List<(long Start, long End)> sorted)
    {
        var joined = new List<(long Start, long End)>(sorted.Count);
        foreach (var (start, end) in sorted)
        {
            var last = joined.Count - 1;
            if (last >= 0 && start <= joined[last].End) joined[last] = (joined[last].Start, Math.Max(joined[last].End, end));
            else joined.Add((start, end));
        }
        return joined;
    }
}
