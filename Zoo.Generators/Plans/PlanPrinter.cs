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
        var (section, kept, activations) = (Number(plan.SectionFloats), Number(plan.KeptFloats), Number(plan.ActivationFloats));
        text.Append($"section {section}, kept {kept}, activations {activations} floats\n");
        foreach (var (storage, offset) in plan.Storages)
            text.Append($"storage {storage.Name} {storage.Shape}{(storage.IsTurned ? " turned" : "")} at {Number(offset)}\n");
        foreach (var program in plan.Programs) text.Append('\n').Append(Print(program));
        return text.ToString();
    }

    public static string Print(ProgramPlan program)
    {
        var text = new StringBuilder();
        text.Append($"program {program.Name}, {(program.Rows > 0 ? $"{Number(program.Rows)} rows" : "any rows")}\n");
        foreach (var (id, name, kind, length, offset) in program.Buffers)
            text.Append($"  b{Number(id)} {kind} \"{name}\" {length}{(offset < 0 ? "" : $" at {Number(offset)}")}\n");
        for (var i = 0; i < program.Kernels.Count; i++)
        {
            var kernel = program.Kernels[i];
            var after = kernel.After.Count == 0 ? "" : $" after {string.Join(", ", kernel.After.Select(Number))}";
            text.Append($"  {Number(i)}: level {Number(kernel.Level)} {kernel.Name}{after}: {Work(kernel)}\n");
            foreach (var line in Body(kernel.Map)) text.Append("      ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    static string Work(Kernel kernel)
    {
        switch (kernel)
        {
            case ProductKernel p:
                var how = $"{(p.OfBits ? " of bits" : "")}{(p.StoresProduct ? "" : " unstored")}{(p.PrefersLibrary ? " by library" : "")}";
                var tiles = p.RowsPerBlock == 0 ? "" : $" in tiles of [{Number(p.RowsPerBlock)}×{Number(p.ColumnsPerBlock)}]";
                var images = p.Images is { } i ? $" {i.Role} {i.Windowing} of {Number(i.Channels)} channels" : "";
                return $"product{images} [{p.M}×{p.K}]·[{p.K}×{Number(p.N)}] {Matrix(p.A)} · {Matrix(p.B)} → {Matrix(p.C)}{tiles}{how}";
            case MapKernel m:
                return $"map [{m.Rows}×{m.Columns}] " + m.Strategy switch
                {
                    MapStrategy.Elements => "by elements",
                    MapStrategy.Rows => $"by rows of up to {m.ColumnsPerBlock}",
                    _ => $"in tiles of [{m.RowsPerBlock}×{m.ColumnsPerBlock}]",
                };
            case DrawKernel d:
                return $"draw {d.Kind} \"{d.Draw}\" [{d.Rows}×{Number(d.Columns)}] → b{Number(d.Target)}";
            case ReduceKernel r:
                var blocks = r.MiddlePerBlock == 0 ? "" : $" in blocks of {Number(r.MiddlePerBlock)}";
                var (source, target) = (Place(r.Source, r.SourceOffset), Place(r.Target, r.TargetOffset));
                return $"{(r.IsMax ? "max" : "sum")} of [{r.Outer}×{r.Middle}×{r.Inner}] {source} → {target}{blocks}";
            case BatchProductKernel b:
                var (m1, n1, k1) = (Number(b.M), Number(b.N), Number(b.K));
                var left = $"{Place(b.A, b.AOffset)}{(b.TransposeA ? "ᵀ" : "")}";
                var right = $"{Place(b.B, b.BOffset)}{(b.TransposeB ? "ᵀ" : "")}";
                return $"{b.Count} products [{m1}×{k1}]·[{k1}×{n1}] {left} · {right} → {Place(b.C, b.COffset)}";
            case PermuteKernel p:
                var axes = string.Join(" ", p.Sizes.Zip(p.Strides, (size, stride) => $"{Number(size)} by {Number(stride)}"));
                return $"permute {p.Rows} rows of ({axes}) {Place(p.Source, p.SourceOffset)} → {Place(p.Target, p.TargetOffset)}";
            case WindowKernel w:
                return $"{(w.IsSum ? "window sum" : "windows")} {w.Windowing} of {w.Images} images of {Number(w.Channels)} channels "
                    + $"{Matrix(w.Source)} → {Matrix(w.Target)}";
            case ScatterKernel s:
                var rows = $"[{s.Rows}×{Number(s.Columns)}] {Matrix(s.Values)}";
                var (labels, sums) = (Place(s.Labels, s.LabelsOffset), Place(s.Target, s.TargetOffset));
                return $"sums of {rows} by label {labels} → {Number(s.Classes)} rows {sums}";
            default:
                return kernel.GetType().Name;
        }
    }

    static string Matrix(MatrixOperand m) => $"{Place(m.Buffer, m.Offset)} ({Number(m.RowStride)}, {Number(m.ColumnStride)})";

    static IEnumerable<string> Body(MapBody? body)
    {
        if (body is null) yield break;
        for (var i = 0; i < body.Instructions.Count; i++)
        {
            var instruction = body.Instructions[i];
            var operands = instruction.Op switch
            {
                Op.Input => Address(instruction.Load!),
                Op.Gather => $"{Address(instruction.Load!)} by {Address(instruction.Row!.Label)}·{Number(instruction.Row.Stride)}",
                Op.OneHot => $"%{Number(instruction.Inputs[0])} = {Index(instruction.Class!)}",
                Op.Constant => instruction.Value.ToString("R", CultureInfo.InvariantCulture),
                _ => string.Join(", ", instruction.Inputs.Select(v => $"%{Number(v)}")),
            };
            var name = instruction switch { { IsProduct: true } => "Product", { Op: Op.Input } => "Load", { Op: var op } => op.ToString() };
            yield return $"%{Number(i)} = {name} {operands}";
        }
        foreach (var store in body.Stores) yield return $"store %{Number(store.Value)} → {Address(store.Target)}";
        foreach (var sum in body.RowSums) yield return $"row sum %{Number(sum.Value)} → {Target(sum)}";
        foreach (var sum in body.ColumnSums) yield return $"column sum %{Number(sum.Value)} → {Target(sum)}";
    }

    static string Target(MapSum sum) =>
        $"{Place(sum.Buffer, sum.Offset)}{(sum.BlockStride == default ? "" : $" by blocks of {sum.BlockStride}")}";

    static string Place(int buffer, int offset) => $"b{Number(buffer)}+{Number(offset)}";

    static string Address(Operand operand) => $"b{Number(operand.Buffer)}[{Index(operand)}]";

    static string Index(Operand operand) => string.Join(
        " + ", operand.Rows.Select(Term).Prepend(Number(operand.Offset)).Concat(operand.ColumnStride == 0 ? [] : ["column"]));

    static string Term(RowTerm term)
    {
        var (divisor, modulus) = (term.Divisor == 1 ? "" : $"/{Number(term.Divisor)}", term.Modulus == 0 ? "" : $"%{Number(term.Modulus)}");
        return $"row{divisor}{modulus}·{Number(term.Stride)}";
    }

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
