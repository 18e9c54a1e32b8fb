using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Plans;

/// <summary>A plan as text: buffers with their places, kernels with levels, operands and instructions. For snapshots and people.</summary>
public static class PlanPrinter
{
    public static string Print(ModelPlan plan)
    {
        var text = new StringBuilder();
        text.Append($"section {Number(plan.SectionFloats)}, kept {Number(plan.KeptFloats)}, activations {Number(plan.ActivationFloats)} floats\n");
        foreach (var place in plan.Storages) text.Append($"storage {place.Storage.Name} {place.Storage.Shape}{(place.Storage.IsTurned ? " turned" : "")} at {Number(place.Offset)}\n");
        foreach (var program in plan.Programs) text.Append('\n').Append(Print(program));
        return text.ToString();
    }

    public static string Print(ProgramPlan program)
    {
        var text = new StringBuilder();
        text.Append($"program {program.Name}, {(program.Rows > 0 ? $"{Number(program.Rows)} rows" : "any rows")}\n");
        foreach (var buffer in program.Buffers) text.Append($"  b{Number(buffer.Id)} {buffer.Kind} \"{buffer.Name}\" {buffer.Length}{(buffer.Offset < 0 ? "" : $" at {Number(buffer.Offset)}")}\n");
        for (var i = 0; i < program.Kernels.Count; i++)
        {
            var kernel = program.Kernels[i];
            text.Append($"  {Number(i)}: level {Number(kernel.Level)} {kernel.Name}{(kernel.After.Count == 0 ? "" : $" after {string.Join(", ", kernel.After.Select(a => Number(a)))}")}: {Work(kernel)}\n");
            foreach (var line in Body(kernel switch { MapKernel m => m.Body, ProductKernel p => p.Epilogue, _ => null })) text.Append("      ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    static string Work(Kernel kernel) => kernel switch
    {
        ProductKernel p => $"product [{p.M}×{p.K}]·[{p.K}×{Number(p.N)}] {Matrix(p.A)} · {Matrix(p.B)} → {Matrix(p.C)}{(p.StoresProduct ? "" : " unstored")}{(p.PrefersLibrary ? " by library" : "")}",
        MapKernel m => $"map [{m.Rows}×{m.Columns}] in tiles of [{m.RowsPerBlock}×{m.ColumnsPerBlock}]",
        DrawKernel d => $"draw {d.Kind} \"{d.Draw}\" [{d.Rows}×{Number(d.Columns)}] → b{Number(d.Target)}",
        ReduceKernel r => $"{(r.IsMax ? "max" : "sum")} of [{r.Outer}×{r.Middle}×{r.Inner}] b{Number(r.Source)}+{Number(r.SourceOffset)} → b{Number(r.Target)}+{Number(r.TargetOffset)}{(r.MiddlePerBlock == 0 ? "" : $" in blocks of {Number(r.MiddlePerBlock)}")}",
        BatchProductKernel b => $"{b.Count} products [{Number(b.M)}×{Number(b.K)}]·[{Number(b.K)}×{Number(b.N)}] b{Number(b.A)}+{Number(b.AOffset)}{(b.TransposeA ? "ᵀ" : "")} · b{Number(b.B)}+{Number(b.BOffset)}{(b.TransposeB ? "ᵀ" : "")} → b{Number(b.C)}+{Number(b.COffset)}",
        ScatterKernel s => $"sums of [{s.Rows}×{Number(s.Columns)}] {Matrix(s.Values)}"
            + $" by label b{Number(s.Labels)}+{Number(s.LabelsOffset)}"
            + $" → {Number(s.Classes)} rows b{Number(s.Target)}+{Number(s.TargetOffset)}",
        _ => kernel.GetType().Name,
    };

    static string Matrix(MatrixOperand m) => $"b{Number(m.Buffer)}+{Number(m.Offset)} ({Number(m.RowStride)}, {Number(m.ColumnStride)})";

    static IEnumerable<string> Body(MapBody? body)
    {
        if (body is null) yield break;
        for (var i = 0; i < body.Instructions.Count; i++)
        {
            var instruction = body.Instructions[i];
            var operands = instruction.Op switch
            {
                Op.Input => Address(instruction.Load!),
                Op.Gather => $"{Address(instruction.Load!)} by {Address(instruction.Label!)}·{Number(instruction.LabelStride)}",
                Op.OneHot => $"%{Number(instruction.Inputs[0])} = {Place(instruction.Class!)}",
                Op.Constant => instruction.Value.ToString("R", CultureInfo.InvariantCulture),
                _ => string.Join(", ", instruction.Inputs.Select(v => $"%{Number(v)}")),
            };
            yield return $"%{Number(i)} = {(instruction.IsProduct ? "Product" : instruction.Op == Op.Input ? "Load" : instruction.Op.ToString())} {operands}";
        }
        foreach (var store in body.Stores) yield return $"store %{Number(store.Value)} → {Address(store.Target)}";
        foreach (var sum in body.RowSums) yield return $"row sum %{Number(sum.Value)} → {Target(sum)}";
        foreach (var sum in body.ColumnSums) yield return $"column sum %{Number(sum.Value)} → {Target(sum)}";
    }

    static string Target(MapSum sum) => $"b{Number(sum.Buffer)}+{Number(sum.Offset)}{(sum.BlockStride == default ? "" : $" by blocks of {sum.BlockStride}")}";

    static string Address(Operand operand) => $"b{Number(operand.Buffer)}[{Place(operand)}]";

    static string Place(Operand operand)
    {
        var terms = operand.Rows.Select(t => $"row{(t.Divisor == 1 ? "" : $"/{Number(t.Divisor)}")}{(t.Modulus == 0 ? "" : $"%{Number(t.Modulus)}")}·{Number(t.Stride)}");
        return string.Join(" + ", new[] { Number(operand.Offset) }.Concat(terms).Concat(operand.ColumnStride == 0 ? [] : ["column"]));
    }

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
