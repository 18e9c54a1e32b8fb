using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes.Partitioning;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>Maps as static members that the runtime's kernels are generic over, one element at a time.</summary>
sealed class GpuMaps(ModelPlan plan) : MapLibrary(plan)
{
    /// <summary>The map's type, and the operands that put it over the given buffers.</summary>
    /// <param name="kernel">The kernel, whose name the struct gets.</param>
    /// <param name="body">The map.</param>
    /// <param name="address">Where a buffer lies, as an expression.</param>
    /// <param name="literal">The same as a number, or null where it is not the same in every run.</param>
    /// <param name="rows">The literal batch, or 0.</param>
    public (string Name, string Operands) Construct(
        Kernel kernel, MapBody body, System.Func<int, string> address, System.Func<int, int?> literal, int rows)
    {
        var order = Order(body);
        // More buffers than a launch has operands: the last are numbers in the map itself, and so in its hash.
        if (order.Count > GpuLimits.Operands) order = [.. order.OrderBy(b => literal(b) is null ? 0 : 1)];
        string Buffer(int id) => order.IndexOf(id) is var i && i < GpuLimits.Operands ? $"operands.O{i}" : Text.Number(literal(id)!.Value);
        var statements = Statements(body, Buffer, rows);
        var counts = $"{body.RowSums.Count} {body.ColumnSums.Count}";
        var key = string.Join("\n", statements.SelectMany(s => s).Append(counts));
        var name = Name(kernel, body, key, (w, name) =>
            Print(w, name, kernel.Summary, Hash128.Start.Add(key).ToString(), body, statements));
        var operands = order.Take(GpuLimits.Operands).Select(address).Prepend(rows > 0 ? Text.Number(rows) : "rows");
        return (name, $"new MapOperands({string.Join(", ", operands)})");
    }

    static void Print(CodeWriter w, string name, string summary, string hash, MapBody body, List<string>[] statements)
    {
        foreach (var line in Text.Wrap(summary, 136)) w.Line($"// {line}");
        using (w.Block($"private readonly struct {name} : IGpuMap"))
        {
            w.Line($"public static string ContentHash => {Text.String(hash)};");
            w.Line();
            w.Line($"public static int RowSums => {Text.Number(body.RowSums.Count)};");
            w.Line();
            w.Line($"public static int ColumnSums => {Text.Number(body.ColumnSums.Count)};");
            w.Line();
            Method(w, "public static MapSums At(ArrayView<float> memory, MapOperands operands, int row, int column, Lane product)",
                statements[0]);
            w.Line();
            Method(w,
                "public static void StoreRowSums(ArrayView<float> memory, MapOperands operands, int columnBlock, int row, MapSums sums)",
                statements[1]);
            w.Line();
            Method(w,
                "public static void StoreColumnSums(ArrayView<float> memory, MapOperands operands, int rowBlock, int column, MapSums sums)",
                statements[2]);
        }
    }

    /// <summary>Statements of At, StoreRowSums and StoreColumnSums.</summary>
    static List<string>[] Statements(MapBody body, System.Func<int, string> buffer, int rows)
    {
        string At(Operand operand) =>
            InstructionPrinter.Index(operand) is var index && index == "0" ? buffer(operand.Buffer) : $"{buffer(operand.Buffer)} + {index}";
        var dialect = new MapDialect(
            "Lane",
            i => i.IsProduct ? "product" : $"Lane.Load(memory, {At(i.Load!)})",
            i => $"Lane.LoadRow(memory, memory[{At(i.Row!.Label)}], {Text.Number(i.Row.Stride)}, {At(i.Load!)})",
            (value, target) => $"{value}.Store(memory, {At(target)});");
        var at = InstructionPrinter.Statements(body, dialect, out var values);
        var sums = body.RowSums.Select((s, i) => $"Row{i} = {values[s.Value]}")
            .Concat(body.ColumnSums.Select((s, i) => $"Column{i} = {values[s.Value]}")).ToList();
        at.Add(sums.Count == 0 ? "return default;" : $"return new MapSums {{ {string.Join(", ", sums)} }};");
        return
        [
            at,
            [.. body.RowSums.Select((s, i) => $"sums.Row{i}.Store(memory, {buffer(s.Buffer)} + "
                + $"{Place(s, "columnBlock", rows, "operands.Rows")}row);")],
            [.. body.ColumnSums.Select((s, i) => $"sums.Column{i}.Store(memory, {buffer(s.Buffer)} + "
                + $"{Place(s, "rowBlock", rows, "operands.Rows")}column);")],
        ];
    }
}
