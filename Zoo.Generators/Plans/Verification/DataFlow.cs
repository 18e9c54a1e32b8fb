using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Plans.Verification;

/// <summary>
/// One program, kernel by kernel: every float that is read has been written, by kernels that are waited for; none is written twice; at the
/// end all that others read is there.
/// </summary>
sealed class DataFlow(ProgramPlan program, int rows, PlanStage stage, IReadOnlyList<Access>[] accesses)
{
    readonly Writers[] writers = [.. program.Buffers.Select(_ => new Writers())];

    readonly Dictionary<(BufferKind, string), int> states = program.Buffers
        .Where(b => b.Kind is BufferKind.State or BufferKind.Carried).ToDictionary(b => (b.Kind, b.Name), b => b.Id);

    // Which kernels the current one waits for: those that have its ordinal here.
    readonly int[] awaitedBy = [.. program.Kernels.Select(_ => -1)];

    // The last kernel that said so of a buffer, and the last that did it.
    readonly int[] declaredBy = [.. program.Buffers.Select(_ => -1)];
    readonly int[] touchedBy = [.. program.Buffers.Select(_ => -1)];

    readonly List<string> found = [];

    bool HasLevels => stage > PlanStage.Fused;

    /// <summary>What each kernel touches in a run of so many rows.</summary>
    public static IReadOnlyList<Access>[] Accesses(ProgramPlan program, int rows) =>
        [.. program.Kernels.Select(k => k.Accesses(rows) is var all && all is IReadOnlyList<Access> list ? list : [.. all])];

    public IEnumerable<string> Faults()
    {
        for (var i = 0; i < program.Kernels.Count; i++)
        {
            found.Clear();
            Order(i);
            Declared(program.Kernels[i].Reads, accesses[i], areReads: true, i);
            Declared(program.Kernels[i].Writes, accesses[i], areReads: false, program.Kernels.Count + i);
            foreach (var access in accesses[i])
            {
                Bounds(access);
                if (access.IsRead) Reads(i, access);
                else Writes(accesses[i], access);
                OverState(i, accesses[i], access);
            }
            foreach (var fault in found) yield return $"{Name(i)} {fault}.";
            foreach (var access in accesses[i])
                if (!access.IsRead) writers[access.Buffer].Add(i, access);
        }
        foreach (var buffer in program.Buffers.Where(b => b.Kind.IsKept()))
        {
            if (writers[buffer.Id].Missing(Region.Stretch(0, buffer.Length.For(rows))) is { } missing)
                yield return $"{program.Name} ends, and nobody wrote {Name(buffer.Id, missing)}.";
        }
    }

    /// <summary>Its makers come before it, and levels go up.</summary>
    void Order(int i)
    {
        var kernel = program.Kernels[i];
        foreach (var maker in kernel.After)
        {
            if (maker < 0 || maker >= i)
            {
                found.Add($"waits for kernel {maker}, which is not before it");
                continue;
            }
            awaitedBy[maker] = i;
            if (HasLevels && program.Kernels[maker].Level >= kernel.Level)
                found.Add($"is on level {kernel.Level}, but waits for {Name(maker)}");
        }
        if (i > 0 && program.Kernels[i - 1].Level > kernel.Level)
            found.Add($"is on level {kernel.Level}, but stands behind {Name(i - 1)}");
    }

    /// <summary>What it says it reads and writes is what it touches.</summary>
    /// <param name="declared">What it says.</param>
    /// <param name="own">What it touches.</param>
    /// <param name="areReads">Whether it is about what it reads.</param>
    /// <param name="mark">A number of this question's own.</param>
    void Declared(IEnumerable<int> declared, IReadOnlyList<Access> own, bool areReads, int mark)
    {
        int? wrong = null;
        void Differs(int buffer) => wrong = wrong < buffer ? wrong : buffer;
        foreach (var access in own)
            if (access.IsRead == areReads) touchedBy[access.Buffer] = mark;
        foreach (var buffer in declared)
        {
            declaredBy[buffer] = mark;
            if (touchedBy[buffer] != mark) Differs(buffer);
        }
        foreach (var access in own)
            if (access.IsRead == areReads && declaredBy[access.Buffer] != mark) Differs(access.Buffer);
        if (wrong is { } b) found.Add($"either {(areReads ? "reads" : "writes")} b{b} without saying so, or says so and does not");
    }

    void Bounds(Access access)
    {
        var length = program.Buffers[access.Buffer].Length.For(rows);
        if (access.Region.Start < 0 || access.Region.End > length) found.Add($"touches {Name(access)}, which has {length} floats");
    }

    void Reads(int i, Access access)
    {
        if (program.Buffers[access.Buffer].Kind.IsGiven()) return;
        var makers = writers[access.Buffer];
        foreach (var (maker, made) in makers.Items)
        {
            var isEarlier = !HasLevels || program.Kernels[maker].Level < program.Kernels[i].Level;
            if (isEarlier && awaitedBy[maker] == i || !made.Region.Overlaps(access.Region)) continue;
            found.Add(isEarlier
                ? $"reads {Name(access)} without waiting for {Name(maker)}, which makes it"
                : $"reads {Name(access)} on the level of {Name(maker)}, which makes it");
        }
        if (makers.Missing(access.Region) is { } missing)
            found.Add($"reads {Name(access)}, but nobody before it wrote {Name(access.Buffer, missing)}");
    }

    /// <summary>
    /// What is next of a state lies where the state was, and what a program hands on where it found it: whoever writes it comes after all
    /// that read the old value.
    /// </summary>
    void OverState(int i, IReadOnlyList<Access> own, Access write)
    {
        if (program.Buffers[write.Buffer] is not { Kind: BufferKind.NextState or BufferKind.Handed, Name: var state } next) return;
        var before = next.Kind == BufferKind.Handed ? BufferKind.Carried : BufferKind.State;
        if (!states.TryGetValue((before, state), out var old)) return;
        for (var reader = 0; reader < program.Kernels.Count; reader++)
        {
            if (reader == i || !program.Kernels[reader].Reads.Contains(old)) continue;
            if (reader > i || awaitedBy[reader] != i || (HasLevels && program.Kernels[reader].Level >= program.Kernels[i].Level))
                found.Add($"writes {Name(write)} without waiting for {Name(reader)}, which reads what it was");
        }
        // A map loads all of an element's operands before it stores, and no other element's.
        foreach (var read in own.Where(a => a.IsRead && a.Buffer == old))
            if (read.Address is not { } place || write.Address is not { } target || !(place with { Buffer = target.Buffer }).Equals(target))
                found.Add($"writes {Name(write)} over {Name(read)}, which it still reads");
    }

    void Writes(IReadOnlyList<Access> own, Access access)
    {
        if (program.Buffers[access.Buffer].Kind.IsGiven()) found.Add($"writes {Name(access)}, which it is given");
        if (!access.Region.IsOneToOne) found.Add($"writes some float of {Name(access)} more than once");
        if (writers[access.Buffer].FirstOverlapping(access) is { } other)
            found.Add($"writes {Name(access)}, which {Name(other)} has written");
        foreach (var earlier in own)
        {
            if (ReferenceEquals(earlier, access)) return;
            if (earlier.IsRead || earlier.Buffer != access.Buffer || !earlier.Region.Overlaps(access.Region)) continue;
            // A map may store over the product in front of it, element by element.
            var isProduct = earlier.Kind is AccessKind.Write or AccessKind.Scratch && earlier.Address is not null;
            var isInPlace = isProduct && access.Kind == AccessKind.Store && earlier.Address!.Equals(access.Address);
            if (!isInPlace) found.Add($"writes {Name(access)} over its own {Name(earlier)}");
        }
    }

    string Name(int kernel) => $"{program.Name}, kernel {kernel} ({program.Kernels[kernel].Name})";

    string Name(Access access) => $"b{access.Buffer} {program.Buffers[access.Buffer].Name} {access.Region}";

    string Name(int buffer, (long Start, long End) range) => $"b{buffer} {program.Buffers[buffer].Name} [{range.Start}, {range.End})";
}
