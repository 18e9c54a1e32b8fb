using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>The maps of an engine, each a struct. Equal maps are printed once, whatever kernel they belong to.</summary>
abstract class MapLibrary
{
    readonly Dictionary<string, string> names = [];
    readonly HashSet<string> taken = [];
    readonly List<System.Action<CodeWriter>> printed = [];

    public void PrintAll(CodeWriter w)
    {
        foreach (var print in printed)
        {
            w.Line();
            print(w);
        }
    }

    /// <summary>Buffers of a map in order of appearance, so that the same map over other buffers is the same text.</summary>
    protected static List<int> Order(MapBody body) => [.. body.Reads().Concat(body.Writes()).Distinct()];

    /// <summary>The name under which a map is printed.</summary>
    /// <param name="kernel">The first kernel with it gives the name.</param>
    /// <param name="key">All that the printed text depends on.</param>
    /// <param name="print">Prints it under a name, if it is new.</param>
    protected string Name(Kernel kernel, string key, System.Action<CodeWriter, string> print)
    {
        if (names.TryGetValue(key, out var name)) return name;
        name = kernel.Name;
        for (var n = 2; !taken.Add(name); n++) name = kernel.Name + "Variant" + n.ToString(CultureInfo.InvariantCulture);
        names[key] = name;
        printed.Add(w => print(w, name));
        return name;
    }

    /// <summary>A method whose arithmetic is of addresses inside a plan: the user's project may check it, so it says that it need not.</summary>
    protected static void Method(CodeWriter w, string head, IReadOnlyList<string> statements, string empty = " { }")
    {
        if (statements.Count == 0)
        {
            w.Line(head + empty);
            return;
        }
        using (w.Block(head))
        using (w.Block("unchecked"))
            foreach (var statement in statements) w.Line(statement);
    }

    /// <summary>Where a sum's parts begin: by tile, where several tiles feed it.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="block">Expression for the ordinal of the tile.</param>
    /// <param name="rows">The literal batch, or 0.</param>
    /// <param name="runtimeRows">Expression for the number of rows where it is not literal.</param>
    protected static string Place(MapSum sum, string block, int rows, string runtimeRows)
    {
        var offset = sum.Offset == 0 ? "" : Text.Number(sum.Offset) + " + ";
        if (sum.BlockStride == default) return offset;
        return $"{offset}{block} * {Text.Size(sum.BlockStride, rows, runtimeRows)} + ";
    }
}
