using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>Maps as structs with addresses in fields, over vectors of any width, that the runtime's loops call.</summary>
sealed class CpuMaps(ModelPlan plan) : MapLibrary(plan)
{
    /// <summary>An expression that makes the map over the given buffers.</summary>
    /// <param name="kernel">The kernel, whose name the struct gets.</param>
    /// <param name="body">The map.</param>
    /// <param name="buffers">Buffers of the program.</param>
    /// <param name="address">Where a buffer lies, as an expression.</param>
    /// <param name="rows">The literal batch, or 0.</param>
    public string Construct(Kernel kernel, MapBody body, IReadOnlyList<PlanBuffer> buffers, System.Func<int, string> address, int rows)
    {
        var order = Order(body);
        var canonical = body.WithBuffers(order.IndexOf);
        var stepsByRow = canonical.RowSums.Concat(canonical.ColumnSums).Any(s => !s.BlockStride.IsFixed) && rows == 0;
        var key = string.Join("\n", Statements(canonical, i => $"b{i}", rows).SelectMany(s => s));
        var fields = Fields([.. order.Select(b => buffers[b].Name)]);
        var name = Name(kernel, body, key, (w, name) =>
            Print(w, name, kernel.Summary, fields, Statements(canonical, i => fields[i], rows), canonical, stepsByRow));
        var arguments = order.Select(address).Concat(stepsByRow ? ["rows"] : System.Array.Empty<string>());
        return $"new {name}({string.Join(", ", arguments)})";
    }

    static void Print(CodeWriter w, string name, string summary, string[] fields, List<string>[] statements, MapBody body, bool stepsByRow)
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
            Method(w,
                "public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, "
                    + "IVector<TVector>", statements[1]);
            w.Line();
            Method(w, "public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums)", statements[2]);
        }
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
            for (var n = 2; !used.Add(unique); n++) unique = name + "_" + n.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return unique;
        })];
    }

    /// <summary>Statements of Begin, At and EndRow.</summary>
    static List<string>[] Statements(MapBody body, System.Func<int, string> buffer, int rows)
    {
        var dialect = new MapDialect(
            "TVector",
            i => i.Load!.ColumnStride == 0
                ? $"TVector.Broadcast({buffer(i.Load.Buffer)}[{InstructionPrinter.Index(i.Load)}])"
                : $"TVector.Load({buffer(i.Load.Buffer)}, {InstructionPrinter.Index(i.Load)})",
            i => $"LabelledRows.Load<TVector>({buffer(i.Load!.Buffer)}, "
                + $"{buffer(i.Row!.Label.Buffer)}[{InstructionPrinter.Index(i.Row.Label)}], "
                + $"{Text.Number(i.Row.Stride)}, {InstructionPrinter.Index(i.Load)})",
            (value, target) => $"{value}.Store({buffer(target.Buffer)}, {InstructionPrinter.Index(target)});");
        var at = InstructionPrinter.Statements(body, dialect, out var values);
        for (var i = 0; i < body.RowSums.Count; i++) at.Add($"sums.S{i} += {values[body.RowSums[i].Value]};");
        var (begin, end) = (new List<string>(), new List<string>());
        foreach (var sum in body.ColumnSums)
        {
            var place = Place(sum, "tile.RowBlock", rows, "rows");
            at.Add($"(TVector.Load({buffer(sum.Buffer)}, {place}column) + {values[sum.Value]}).Store({buffer(sum.Buffer)}, "
                + $"{place}column);");
            begin.Add($"{buffer(sum.Buffer)}.Clear({place}tile.FirstColumn, tile.EndColumn - tile.FirstColumn);");
        }
        for (var i = 0; i < body.RowSums.Count; i++)
            end.Add($"sums.S{i}.Store({buffer(body.RowSums[i].Buffer)}, {Place(body.RowSums[i], "tile.ColumnBlock", rows, "rows")}row);");
        return [begin, at, end];
    }
}
