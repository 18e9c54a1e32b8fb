using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>The maps of an engine, each a struct. Equal maps are printed once, whatever kernel they belong to.</summary>
abstract class MapLibrary
{
    readonly Dictionary<string, string> names = [];
    readonly HashSet<string> taken = ["Programs", "ResultPlaces"];
    readonly List<System.Action<CodeWriter>> printed = [];

    /// <param name="plan">Its programs have methods in the same class, under names that users have a part in.</param>
    protected MapLibrary(ModelPlan plan) => taken.UnionWith(plan.Programs.Select(p => p.Name).Concat(plan.Phases.Select(p => p.Update)));

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
    /// <param name="kernel">The first kernel with it gives the name, unless what it does has a short one.</param>
    /// <param name="body">The map.</param>
    /// <param name="key">All that the printed text depends on.</param>
    /// <param name="print">Prints it under a name, if it is new.</param>
    protected string Name(Kernel kernel, MapBody body, string key, System.Action<CodeWriter, string> print)
    {
        if (names.TryGetValue(key, out var name)) return name;
        var wanted = name = ShortName(body) ?? kernel.Name;
        for (var n = 2; !taken.Add(name); n++) name = wanted + "Variant" + n.ToString(CultureInfo.InvariantCulture);
        names[key] = name;
        printed.Add(w => print(w, name));
        return name;
    }

    /// <summary>
    /// BiasRelu, ReluGradient: what a small map does. Layers share such maps, so that the name of one of them would be wrong for the
    /// others.
    /// </summary>
    static string? ShortName(MapBody body)
    {
        var words = new List<string>();
        for (var i = 0; i < body.Instructions.Count; i++)
        {
            var (instruction, next) = (body.Instructions[i], i + 1 < body.Instructions.Count ? body.Instructions[i + 1] : null);
            if (!instruction.Op.IsElementwise() && !instruction.Op.IsByLabel()) continue;
            MapInstruction Input(int input) => body.Instructions[instruction.Inputs[input]];
            var word = instruction.Op switch
            {
                Op.Add when Input(1) is { Op: Op.Input, Load: { Rows.Count: 0, ColumnStride: 1 }, IsProduct: false } => "Bias",
                Op.Step when next?.Op == Op.Mul && next.Inputs.Contains(i) => "",
                Op.Mul when Input(0).Op == Op.Step || Input(1).Op == Op.Step => "ReluGradient",
                Op.Mul when Input(1).Op == Op.Constant => "Scale",
                var op => op.ToString(),
            };
            if (word.Length > 0 && (words.Count == 0 || words[words.Count - 1] != word)) words.Add(word);
            if (words.Count > MostWords) return null;
        }
        // One word alone may be the name of a member of the engine, such as Step or Max.
        return words.Count switch { 0 => "CopyMap", 1 when words[0] != "ReluGradient" => words[0] + "Map", _ => string.Concat(words) };
    }

    /// <summary>What a name can list and still be read.</summary>
    const int MostWords = 4;

    /// <summary>
    /// A method whose arithmetic is of addresses inside a plan: the user's project may check it, so it says that it need not.
    /// </summary>
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
