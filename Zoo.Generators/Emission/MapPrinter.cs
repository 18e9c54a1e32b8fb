using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>Prints a map as a struct that the runtime's loops call. Equal maps are printed once, whatever kernel they belong to.</summary>
sealed class MapPrinter
{
    readonly Dictionary<string, string> names = [];
    readonly HashSet<string> taken = [];
    readonly List<System.Action<CodeWriter>> printed = [];

    /// <summary>An expression that makes the map over the given buffers.</summary>
    /// <param name="kernel">The kernel, whose name the struct gets.</param>
    /// <param name="body">The map.</param>
    /// <param name="buffers">Buffers of the program.</param>
    /// <param name="address">Where a buffer lies, as an expression.</param>
    /// <param name="rows">The literal batch, or 0.</param>
    public string Construct(Kernel kernel, MapBody body, IReadOnlyList<PlanBuffer> buffers, System.Func<int, string> address, int rows)
    {
        // Buffers in order of appearance, so that the same map over other buffers is the same text.
        var order = body.Reads().Concat(body.Writes()).Distinct().ToList();
        var canonical = body.WithBuffers(order.IndexOf);
        var stepsByRow = canonical.RowSums.Concat(canonical.ColumnSums).Any(s => !s.BlockStride.IsFixed) && rows == 0;
        var key = string.Join("\n", Statements(canonical, i => $"b{i}", rows).SelectMany(s => s));
        if (!names.TryGetValue(key, out var name))
        {
            name = kernel.Name;
            for (var n = 2; !taken.Add(name); n++) name = kernel.Name + "Variant" + n.ToString(CultureInfo.InvariantCulture);
            names[key] = name;
            var fields = Fields([.. order.Select(b => buffers[b].Name)]);
            var statements = Statements(canonical, i => fields[i], rows);
            printed.Add(w => Print(w, name, kernel.Summary, fields, statements, canonical, stepsByRow));
        }
        var arguments = order.Select(address).Concat(stepsByRow ? ["rows"] : System.Array.Empty<string>());
        return $"new {name}({string.Join(", ", arguments)})";
    }

    public void PrintAll(CodeWriter w)
    {
        foreach (var print in printed)
        {
            w.Line();
            print(w);
        }
    }

    static void Print(CodeWriter w, string name, string summary, string[] fields, string[][] statements, MapBody body, bool stepsByRow)
    {
        foreach (var line in Text.Wrap(summary, 136)) w.Line($"// {line}");
        var parameters = fields.Select(f => $"Floats {f}").Concat(stepsByRow ? ["int rows"] : System.Array.Empty<string>());
        using (w.Block($"private readonly struct {name}({string.Join(", ", parameters)}) : IMap"))
        {
            w.Line($"public static bool HasRowSums => {(body.RowSums.Count > 0 ? "true" : "false")};");
            w.Line();
            Method(w, "public void Begin(in Tile tile)", statements[0]);
            w.Line();
            w.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            Method(w, "public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector>", statements[1]);
            w.Line();
            Method(w, "public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums)", statements[2]);
        }
    }

    static void Method(CodeWriter w, string head, string[] statements)
    {
        if (statements.Length == 0)
        {
            w.Line(head + " { }");
            return;
        }
        // The user's project may check arithmetic; these are addresses inside a plan.
        using (w.Block(head))
        using (w.Block("unchecked"))
            foreach (var statement in statements) w.Line(statement);
    }

    /// <summary>Names of the struct's parameters, after the buffers.</summary>
    static string[] Fields(string[] buffers)
    {
        var used = new HashSet<string> { "row", "column", "tile", "sums", "rows" };
        return [.. buffers.Select(buffer =>
        {
            var pascal = Naming.PascalCase(buffer);
            var name = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
            var unique = Keyword.Escape(name);
            for (var n = 2; !used.Add(unique); n++) unique = name + "_" + n.ToString(CultureInfo.InvariantCulture);
            return unique;
        })];
    }

    /// <summary>Statements of Begin, At and EndRow.</summary>
    static string[][] Statements(MapBody body, System.Func<int, string> buffer, int rows)
    {
        var at = new List<string>();
        var values = new string[body.Instructions.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var instruction = body.Instructions[i];
            var expression = InstructionPrinter.Print(instruction, values, buffer);
            if (instruction.Op == Op.Constant) values[i] = expression;
            else
            {
                values[i] = "v" + i.ToString(CultureInfo.InvariantCulture);
                at.Add($"var {values[i]} = {expression};");
            }
        }
        foreach (var store in body.Stores)
        {
            var value = body.Instructions[store.Value].Op == Op.Constant ? values[store.Value] : values[store.Value];
            at.Add($"{value}.Store({buffer(store.Target.Buffer)}, {InstructionPrinter.Index(store.Target)});");
        }
        for (var i = 0; i < body.RowSums.Count; i++) at.Add($"sums.S{i} += {values[body.RowSums[i].Value]};");
        string Block(MapSum sum, string block) => sum.BlockStride == default ? "" : sum.BlockStride.IsFixed || rows > 0
            ? $"tile.{block} * {Text.Number(sum.BlockStride.For(rows))} + "
            : $"tile.{block} * {(sum.BlockStride.PerRow == 1 ? "rows" : $"{Text.Number(sum.BlockStride.PerRow)} * rows")} + ";
        string Offset(int offset) => offset == 0 ? "" : Text.Number(offset) + " + ";
        var (begin, end) = (new List<string>(), new List<string>());
        foreach (var sum in body.ColumnSums)
        {
            var place = $"{Offset(sum.Offset)}{Block(sum, "RowBlock")}";
            at.Add($"(TVector.Load({buffer(sum.Buffer)}, {place}column) + {values[sum.Value]}).Store({buffer(sum.Buffer)}, {place}column);");
            begin.Add($"{buffer(sum.Buffer)}.Clear({place}tile.FirstColumn, tile.EndColumn - tile.FirstColumn);");
        }
        for (var i = 0; i < body.RowSums.Count; i++)
        {
            var sum = body.RowSums[i];
            end.Add($"sums.S{i}.Store({buffer(sum.Buffer)}, {Offset(sum.Offset)}{Block(sum, "ColumnBlock")}row);");
        }
        return [[.. begin], [.. at], [.. end]];
    }
}
