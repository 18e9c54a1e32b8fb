using System.Collections.Generic;

namespace Zoo.Generators.Plans.Verification;

/// <summary>Who has written what of a buffer so far.</summary>
sealed class Writers
{
    readonly List<(int Kernel, Access Access)> items = [];

    // All that is written, and what of it may be read; only where there is more than one writer to compare with.
    Intervals? taken;
    Intervals? readable;

    public IReadOnlyList<(int Kernel, Access Access)> Items => items;

    public void Add(int kernel, Access access)
    {
        items.Add((kernel, access));
        if (taken is null || readable is null) return;
        var added = new Intervals(access.Region);
        taken = taken.Plus(added);
        if (access.Kind != AccessKind.Scratch) readable = readable.Plus(added);
    }

    /// <summary>A kernel that has written some of it already, or null.</summary>
    public int? FirstOverlapping(Access access)
    {
        if (items.Count == 0) return null;
        if (items.Count > 1 && !Taken().Overlaps(new Intervals(access.Region))) return null;
        foreach (var (kernel, other) in items)
            if (other.Region.Overlaps(access.Region)) return kernel;
        return null;
    }

    /// <summary>The first stretch of a region that nobody has written, or null.</summary>
    public (long Start, long End)? Missing(Region region)
    {
        foreach (var (_, access) in items)
            if (access.Kind != AccessKind.Scratch && access.Region.PlainlyCovers(region)) return null;
        Taken();
        return readable!.FirstMissing(new Intervals(region));
    }

    Intervals Taken()
    {
        if (taken is not null) return taken;
        (taken, readable) = (new Intervals(), new Intervals());
        foreach (var (_, access) in items)
        {
            var added = new Intervals(access.Region);
            taken = taken.Plus(added);
            if (access.Kind != AccessKind.Scratch) readable = readable.Plus(added);
        }
        return taken;
    }
}
