using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Plans;

/// <summary>What passes ask of a map.</summary>
public static class MapBodyFacts
{
    public static IEnumerable<int> Reads(this MapBody body) => body.Instructions.SelectMany(i => i.Reads).Distinct();

    public static IEnumerable<int> Writes(this MapBody body) =>
        body.Stores.Select(s => s.Target.Buffer).Concat(body.RowSums.Select(s => s.Buffer)).Concat(body.ColumnSums.Select(s => s.Buffer)).Distinct();

    public static int FlopsPerElement(this MapBody body) =>
        body.Instructions.Count(i => i.Op.IsElementwise() || i.Op == Op.OneHot) + body.RowSums.Count + body.ColumnSums.Count;

    /// <summary>The same map over other buffers.</summary>
    public static MapBody WithBuffers(this MapBody body, System.Func<int, int> rename) => body with
    {
        Instructions = new(body.Instructions.Select(i => i.WithBuffers(rename))),
        Stores = new(body.Stores.Select(s => s with { Target = s.Target with { Buffer = rename(s.Target.Buffer) } })),
        RowSums = new(body.RowSums.Select(s => s with { Buffer = rename(s.Buffer) })),
        ColumnSums = new(body.ColumnSums.Select(s => s with { Buffer = rename(s.Buffer) })),
    };
}
