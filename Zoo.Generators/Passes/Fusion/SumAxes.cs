using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>A reduction over neighbouring axes, and how much is left.</summary>
readonly record struct ReductionRun(Extent Outer, Extent Middle, Extent Inner, Extent Result);

/// <summary>Sums as a map over rows × columns sees them: over whole rows, over whole columns, or neither.</summary>
static class SumAxes
{
    /// <summary>Where rows end for a sum to be one over whole rows or over whole columns; null where it is neither.</summary>
    public static int? Split(KernelDraft draft, Node sum)
    {
        var axes = draft.Axes;
        var reduced = Reduced(axes, sum);
        for (var split = 0; split <= axes.Length; split++)
        {
            if (draft.FixedSplit is { } only && split != only) continue;
            bool All(int from, int to, bool value) => Enumerable.Range(from, to - from).All(i => axes[i] == 1 || reduced[i] == value);
            if (All(0, split, false) && All(split, axes.Length, true)) return split;
            if (All(0, split, true) && All(split, axes.Length, false) && split < axes.Length) return split;
        }
        return null;
    }

    /// <summary>Which of the axes a reduction sums over.</summary>
    public static bool[] Reduced(int[] axes, Node sum)
    {
        var x = sum.Inputs[0].Type;
        var (from, to) = (ValueView.Axes(x), ValueView.Axes(sum.Type));
        var lost = from.Length - to.Length;
        var flags = Enumerable.Range(0, from.Length).Where(i => from[i] != 1).Select(i => i < lost || to[i - lost] != from[i]).ToArray();
        var next = 0;
        return [.. axes.Select(a => a != 1 && flags[next++])];
    }

    /// <summary>One step for each run of neighbouring reduced axes, the last run first.</summary>
    public static List<ReductionRun> Runs(Node reduction)
    {
        var axes = ValueView.Axes(reduction.Inputs[0].Type).Where(a => a != 1).ToList();
        var reduced = Reduced([.. axes], reduction).ToList();
        var runs = new List<ReductionRun>();
        while (reduced.Contains(true) || runs.Count == 0)
        {
            var end = reduced.LastIndexOf(true) + 1;
            var start = end;
            while (start > 0 && reduced[start - 1]) start--;
            var (outer, middle, inner) = (Addressing.Count(axes.Take(start)), Addressing.Count(axes.Skip(start).Take(end - start)),
                Addressing.Count(axes.Skip(end)));
            axes.RemoveRange(start, end - start);
            reduced.RemoveRange(start, end - start);
            runs.Add(new(outer, middle, inner, Addressing.Count(axes)));
        }
        return runs;
    }

    public static bool IsRowSum(int[] axes, Node sum, int split)
    {
        var reduced = Reduced(axes, sum);
        return Enumerable.Range(0, axes.Length).All(i => axes[i] == 1 || reduced[i] == i >= split);
    }
}
