using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>
/// Decides which kernels write what state is next over what it was: they wait for all that read the old value, so none of those may wait
/// for them. What a program hands on to its own next run is such a state.
/// <para>before: kernel 0 reads s; kernel 1 reads s, makes next.s = 0.9 · s + m</para>
/// <para>after: kernel 1 stores over s, after kernel 0. Where kernel 0 needed kernel 1, or kernel 1 read s in another order than it stores,
/// it stores elsewhere, and a copy comes last.</para>
/// <para>Invariant: with the waits that follow from the stores, no two kernels wait for each other. Missed: of states that each need the
/// other's old value only the first is written in place.</para>
/// </summary>
/// <param name="kernels">With all that they read.</param>
/// <param name="makers">What makes the value that lies in a home.</param>
sealed class StateWrites(IReadOnlyList<KernelDraft> kernels, IReadOnlyDictionary<Home, KernelDraft> makers)
{
    // Who reads the old value of a state that a kernel writes in place: it comes after them.
    readonly Dictionary<KernelDraft, List<KernelDraft>> waits = [];

    /// <summary>Whether a map may store a value over the state; if so, it waits for the state's readers from now on.</summary>
    /// <param name="map">The kernel that makes the value.</param>
    /// <param name="value">A member of it.</param>
    /// <param name="state">Where the state lies, as the value's type.</param>
    public bool TryInPlace(KernelDraft map, Node value, Home state)
    {
        var slot = state.View.Slot;
        if (map.Operands.Any(r => IsOf(r, slot))) return false;
        var place = Addressing.Strides(state.View, map.Axes);
        // All loads come before the stores, so an element may be read where it is then written, and nowhere else.
        foreach (var load in map.Loads.Values.Where(r => IsOf(r, slot)))
            if (load.View.Offset != state.View.Offset || !Addressing.Strides(load.View, map.Axes).SequenceEqual(place)) return false;
        var readers = kernels.Where(k => k != map && k.Operands.Concat(k.Loads.Values).Any(r => IsOf(r, slot))).ToList();
        if (readers.Any(r => Needs(r, map))) return false;
        if (!waits.TryGetValue(map, out var list)) waits[map] = list = [];
        list.AddRange(readers);
        return true;
    }

    static bool IsOf(Reading reading, MemorySlot next) =>
        reading.Home.Value.Op == (next.Kind == BufferKind.Handed ? Op.Carried : Op.State) && reading.Home.Value.Name == next.Name;

    bool Needs(KernelDraft kernel, KernelDraft other)
    {
        var (seen, open) = (new HashSet<KernelDraft>(), new Stack<KernelDraft>([kernel]));
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (next == other) return true;
            if (!seen.Add(next)) continue;
            foreach (var home in next.Reads.SelectMany(Parts))
                if (makers.TryGetValue(home, out var maker)) open.Push(maker);
            if (waits.TryGetValue(next, out var others)) foreach (var reader in others) open.Push(reader);
        }
        return false;
    }

    static IEnumerable<Home> Parts(Home home) => home.Parts.Count == 0 ? [home] : home.Parts.SelectMany(Parts);
}
