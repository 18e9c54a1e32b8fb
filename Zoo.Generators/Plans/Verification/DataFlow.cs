using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Plans.Verification;

/// <summary>
/// One program, kernel by kernel: every float that is read has been written, by kernels that are waited for; none is written twice; at the
/// end all that others read is there.
/// </summary>
sealed class DataFlow(ProgramPlan program, int rows, PlanStage stage)
{
    readonly Writers[] writers = [.. program.Buffers.Select(_ => new Writers())];

    readonly Dictionary<string, int> states = program.Buffers.Where(b => b.Kind == BufferKind.State).ToDictionary(b => b.Name, b => b.Id);

    // Which kernels the current one waits for: those that have its ordinal here.
    readonly int[] awaitedBy = [.. program.Kernels.Select(_ => -1)];

    bool HasLevels => stage > PlanStage.Fused;

    public IEnumerable<string> Faults()
    {
        for (var i = 0; i < program.Kernels.Count; i++)
        {
            var accesses = program.Kernels[i].Accesses(rows).ToList();
            foreach (var fault in Order(i).Concat(Declared(i, accesses))) yield return $"{Name(i)} {fault}.";
            foreach (var access in accesses)
            {
                var faults = Bounds(access).Concat(access.IsRead ? Reads(i, access) : Writes(accesses, access)).Concat(OverState(i, accesses, access));
                foreach (var fault in faults) yield return $"{Name(i)} {fault}.";
            }
            foreach (var access in accesses.Where(a => !a.IsRead)) writers[access.Buffer].Add(i, access);
        }
        foreach (var buffer in program.Buffers.Where(b => b.Kind.IsKept()))
        {
            if (writers[buffer.Id].Missing(Region.Stretch(0, buffer.Length.For(rows))) is { } missing)
                yield return $"{program.Name} ends, and nobody wrote {Name(buffer.Id, missing)}.";
        }
    }

    /// <summary>Its makers come before it, and levels go up.</summary>
    IEnumerable<string> Order(int i)
    {
        var kernel = program.Kernels[i];
        foreach (var maker in kernel.After)
        {
            if (maker < 0 || maker >= i)
            {
                yield return $"waits for kernel {maker}, which is not before it";
                continue;
            }
            awaitedBy[maker] = i;
            if (HasLevels && program.Kernels[maker].Level >= kernel.Level)
                yield return $"is on level {kernel.Level}, but waits for {Name(maker)}";
        }
        if (i > 0 && program.Kernels[i - 1].Level > kernel.Level)
            yield return $"is on level {kernel.Level}, but stands behind {Name(i - 1)}";
    }

    /// <summary>What it says it reads and writes is what it touches.</summary>
    IEnumerable<string> Declared(int i, List<Access> accesses)
    {
        var kernel = program.Kernels[i];
        if (Difference(kernel.Reads, accesses.Where(a => a.IsRead)) is { } read)
            yield return $"either reads b{read} without saying so, or says so and does not";
        if (Difference(kernel.Writes, accesses.Where(a => !a.IsRead)) is { } wrote)
            yield return $"either writes b{wrote} without saying so, or says so and does not";
    }

    static int? Difference(IEnumerable<int> declared, IEnumerable<Access> touched)
    {
        var set = new HashSet<int>(declared);
        set.SymmetricExceptWith(touched.Select(a => a.Buffer));
        return set.Count == 0 ? null : set.Min();
    }

    IEnumerable<string> Bounds(Access access)
    {
        var length = program.Buffers[access.Buffer].Length.For(rows);
        if (access.Region.Start < 0 || access.Region.End > length) yield return $"touches {Name(access)}, which has {length} floats";
    }

    IEnumerable<string> Reads(int i, Access access)
    {
        if (program.Buffers[access.Buffer].Kind.IsGiven()) yield break;
        var makers = writers[access.Buffer];
        foreach (var (maker, made) in makers.Items)
        {
            var isEarlier = !HasLevels || program.Kernels[maker].Level < program.Kernels[i].Level;
            if (isEarlier && awaitedBy[maker] == i || !made.Region.Overlaps(access.Region)) continue;
            yield return isEarlier
                ? $"reads {Name(access)} without waiting for {Name(maker)}, which makes it"
                : $"reads {Name(access)} on the level of {Name(maker)}, which makes it";
        }
        if (makers.Missing(access.Region) is { } missing)
            yield return $"reads {Name(access)}, but nobody before it wrote {Name(access.Buffer, missing)}";
    }

    /// <summary>What is next of a state lies where the state was: whoever writes it comes after all that read the old value.</summary>
    IEnumerable<string> OverState(int i, List<Access> own, Access write)
    {
        if (program.Buffers[write.Buffer] is not { Kind: BufferKind.NextState, Name: var state }) yield break;
        if (!states.TryGetValue(state, out var old)) yield break;
        for (var reader = 0; reader < program.Kernels.Count; reader++)
        {
            if (reader == i || !program.Kernels[reader].Reads.Contains(old)) continue;
            if (reader > i || awaitedBy[reader] != i || (HasLevels && program.Kernels[reader].Level >= program.Kernels[i].Level))
                yield return $"writes {Name(write)} without waiting for {Name(reader)}, which reads what it was";
        }
        // A map loads all of an element's operands before it stores, and no other element's.
        foreach (var read in own.Where(a => a.IsRead && a.Buffer == old))
            if (read.Address is not { } place || write.Address is not { } target || !(place with { Buffer = target.Buffer }).Equals(target))
                yield return $"writes {Name(write)} over {Name(read)}, which it still reads";
    }

    IEnumerable<string> Writes(List<Access> own, Access access)
    {
        if (program.Buffers[access.Buffer].Kind.IsGiven()) yield return $"writes {Name(access)}, which it is given";
        if (!access.Region.IsOneToOne) yield return $"writes some float of {Name(access)} more than once";
        if (writers[access.Buffer].FirstOverlapping(access) is { } other)
            yield return $"writes {Name(access)}, which {Name(other)} has written";
        foreach (var earlier in own.TakeWhile(a => !ReferenceEquals(a, access)))
        {
            if (earlier.IsRead || earlier.Buffer != access.Buffer || !earlier.Region.Overlaps(access.Region)) continue;
            // A map may store over the product in front of it, element by element.
            var isProduct = earlier.Kind is AccessKind.Write or AccessKind.Scratch && earlier.Address is not null;
            var isInPlace = isProduct && access.Kind == AccessKind.Store && earlier.Address!.Equals(access.Address);
            if (!isInPlace) yield return $"writes {Name(access)} over its own {Name(earlier)}";
        }
    }

    string Name(int kernel) => $"{program.Name}, kernel {kernel} ({program.Kernels[kernel].Name})";

    string Name(Access access) => $"b{access.Buffer} {program.Buffers[access.Buffer].Name} {access.Region}";

    string Name(int buffer, (long Start, long End) range) => $"b{buffer} {program.Buffers[buffer].Name} [{range.Start}, {range.End})";
}
