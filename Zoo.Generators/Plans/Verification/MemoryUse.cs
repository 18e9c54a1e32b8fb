using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Plans.Verification;

/// <summary>
/// Buffers of one program in the activation arena: each inside its part of it, and none in memory of another that is alive at the time.
/// Alive is a whole buffer, from the level of its first access to that of its last.
/// </summary>
sealed class MemoryUse(ModelPlan plan, ProgramPlan program, IReadOnlyList<Access>[] accesses)
{
    sealed class Life(PlanBuffer buffer, int rows)
    {
        public PlanBuffer Buffer { get; } = buffer;

        public long Start { get; } = buffer.Offset;

        public long End { get; } = buffer.Offset + buffer.Length.For(rows);

        /// <summary>Level of the first access; −1 while there is none.</summary>
        public int First { get; private set; } = -1;

        public int Last { get; private set; } = -1;

        public void Touch(int level)
        {
            if (First < 0) First = level;
            Last = level;
        }
    }

    readonly ILookup<int, int> kernelsOn = Enumerable.Range(0, program.Kernels.Count).ToLookup(i => program.Kernels[i].Level);

    /// <summary>What happens to a buffer on a level.</summary>
    List<(int Kernel, Access Access)> On(Life life, int level)
    {
        var found = new List<(int Kernel, Access Access)>();
        foreach (var kernel in kernelsOn[level])
            foreach (var access in accesses[kernel])
                if (access.Buffer == life.Buffer.Id) found.Add((kernel, access));
        return found;
    }

    public IEnumerable<string> Faults()
    {
        var rows = plan.RowsOf(program);
        var lives = program.Buffers.Select(b => new Life(b, rows)).ToList();
        for (var i = 0; i < program.Kernels.Count; i++)
        {
            foreach (var access in accesses[i]) lives[access.Buffer].Touch(program.Kernels[i].Level);
        }
        var planned = lives.Where(l => l.First >= 0
            && l.Buffer.Kind is BufferKind.Activation or BufferKind.Draw or BufferKind.Result or BufferKind.Handed or BufferKind.Carried)
            .ToList();
        foreach (var life in planned)
        {
            var kind = life.Buffer.Kind;
            if (kind is not (BufferKind.Activation or BufferKind.Draw or BufferKind.Result)) continue;
            var (from, to) = kind == BufferKind.Activation ? (plan.KeptFloats, plan.ActivationFloats) : (0, plan.KeptFloats);
            if (life.Start < from || life.End > to) yield return $"{Name(life)} is not inside [{from}, {to}), where {kind}s lie.";
        }
        foreach (var fault in Sharing(planned.Where(l => l.Buffer.Kind == BufferKind.Activation))) yield return fault;
    }

    /// <summary>Level by level: those alive, by address, and each new one between its neighbours.</summary>
    IEnumerable<string> Sharing(IEnumerable<Life> activations)
    {
        var alive = new List<Life>();
        var ending = new SortedDictionary<int, List<Life>>();
        foreach (var life in activations.OrderBy(l => l.First))
        {
            while (ending.Count > 0 && ending.First() is { Key: var level, Value: var dead } && level < life.First)
            {
                foreach (var old in dead) alive.RemoveAt(alive.BinarySearch(old, ByStart));
                ending.Remove(level);
            }
            var place = alive.BinarySearch(life, ByStart);
            if (place < 0) place = ~place;
            for (var i = place - 1; i >= 0 && alive[i].End > life.Start; i--)
                if (!IsInPlace(alive[i], life)) yield return Meeting(alive[i], life);
            for (var i = place; i < alive.Count && alive[i].Start < life.End; i++)
                if (!IsInPlace(alive[i], life)) yield return Meeting(alive[i], life);
            alive.Insert(place, life);
            if (!ending.TryGetValue(life.Last, out var list)) ending[life.Last] = list = [];
            list.Add(life);
        }
    }

    static readonly Comparer<Life> ByStart = Comparer<Life>.Create((a, b) => (a.Start, a.Buffer.Id).CompareTo((b.Start, b.Buffer.Id)));

    /// <summary>
    /// Whether the new buffer takes over the old one's memory where nobody sees it: on the old one's last level a single map reads it, and
    /// nobody else, and stores the new one's element where it loaded the old one's.
    /// </summary>
    bool IsInPlace(Life old, Life now)
    {
        if (old.Last != now.First) return false;
        var (reads, writes) = (On(old, now.First), On(now, now.First));
        if (writes[0].Access.Address is not { } first) return false;
        var address = (now.Start + first.Offset, first.Rows, first.ColumnStride);
        bool IsThere(Life life, (int Kernel, Access Access) access, AccessKind kind) =>
            access.Kernel == writes[0].Kernel && access.Access.Kind == kind && access.Access.Address is { } place
            && (life.Start + place.Offset, place.Rows, place.ColumnStride).Equals(address);
        return reads.All(r => IsThere(old, r, AccessKind.Load)) && writes.All(w => IsThere(now, w, AccessKind.Store));
    }

    string Meeting(Life old, Life now) => $"{Name(now)} shares memory with {Name(old)} while both are alive, on level {now.First}.";

    string Name(Life life) => $"{program.Name}: b{life.Buffer.Id} {life.Buffer.Name} at [{life.Start}, {life.End})";

    /// <summary>What is kept between runs is kept apart, except what several programs write under one name.</summary>
    public static IEnumerable<string> KeptFaults(ModelPlan plan)
    {
        var kept = plan.Programs.SelectMany(p => p.Buffers.Where(b => b.Kind is BufferKind.Draw or BufferKind.Result or BufferKind.Handed)
            .Select(b => (Start: b.Offset, End: b.Offset + b.Length.For(plan.RowsOf(p)), b.Kind, b.Name))).Distinct().OrderBy(b => b.Start)
            .ToList();
        for (var i = 1; i < kept.Count; i++)
        {
            var (before, next) = (kept[i - 1], kept[i]);
            if (next.Start >= before.End) continue;
            yield return $"{next.Kind} {next.Name} at {next.Start} shares memory with {before.Kind} {before.Name} at {before.Start}.";
        }
        foreach (var program in plan.Programs)
            foreach (var carried in program.Buffers.Where(b => b.Kind == BufferKind.Carried))
                if (!kept.Any(k => k.Kind == BufferKind.Handed && k.Name == carried.Name && k.Start == carried.Offset))
                    yield return $"{program.Name} reads {carried.Name} at {carried.Offset}, but no program hands it on there.";
    }
}
