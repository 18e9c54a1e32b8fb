using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Gives each kernel an identifier and the sentence that stands above it: layer, shapes, operations and equation.</summary>
static class KernelNames
{
    public static List<Kernel> Assign(IReadOnlyList<Kernel> kernels, IReadOnlyList<MemorySlot> slots, HashSet<string> turned, int rows)
    {
        var used = new Dictionary<string, int>();
        return [.. kernels.Select(kernel =>
        {
            var name = Naming.PascalCase(Name(kernel, slots, turned));
            used[name] = used.TryGetValue(name, out var n) ? n + 1 : 1;
            if (used[name] > 1) name += used[name].ToString(CultureInfo.InvariantCulture);
            return kernel with { Name = name, Summary = Summary(kernel, slots, rows) };
        })];
    }

    static string Name(Kernel kernel, IReadOnlyList<MemorySlot> slots, HashSet<string> turned) => kernel switch
    {
        ProductKernel p when slots[p.C.Buffer].Kind == BufferKind.Gradient => $"{slots[p.C.Buffer].Name} gradient",
        ProductKernel p when slots[p.B.Buffer].Kind == BufferKind.Parameter => $"{NodeLabels.Layer(slots[p.B.Buffer].Name)}{(p.B.ColumnStride == 1 != turned.Contains(slots[p.B.Buffer].Name) ? "" : " input gradient")}",
        ProductKernel p => $"{slots[p.C.Buffer].Name} product",
        DrawKernel d => $"draw {d.Draw}",
        ReduceKernel r => $"{(r.IsMax ? "max" : "sum")} {slots[r.Target].Name}",
        BatchProductKernel b => $"{slots[b.C].Name} products",
        ScatterKernel s => $"{slots[s.Target].Name} by label",
        MapKernel m => slots[m.Writes.First()].Name,
        _ => "kernel",
    };

    static string Summary(Kernel kernel, IReadOnlyList<MemorySlot> slots, int rows)
    {
        string Size(Extent e) => e.IsFixed || rows == 0 ? e.ToString() : e.For(rows).ToString(CultureInfo.InvariantCulture);
        string Work() => rows == 0 ? $"{Count(kernel.Flops(1))}FLOP a row" : $"{Count(kernel.Flops(rows))}FLOP";
        switch (kernel)
        {
            case ProductKernel p:
                var head = $"{Operand(slots[p.A.Buffer], p.A)}·{Operand(slots[p.B.Buffer], p.B)}: [{Size(p.M)}×{Size(p.K)}]·[{Size(p.K)}×{p.N.ToString(CultureInfo.InvariantCulture)}], {Work()}.";
                return p.Epilogue is null ? $"{slots[p.C.Buffer].Label} = {head}"
                    : $"C = {head} Then, tile by tile: {MapEquation.Of(p.Epilogue, slots)}.";
            case MapKernel m:
                return $"{MapEquation.Of(m.Body, slots)}, over [{Size(m.Rows)}×{Size(m.Columns)}], {Work()}.";
            case DrawKernel d:
                return $"{d.Draw} ~ {(d.Kind == DrawKind.Normal ? "N(0, 1)" : "U[0, 1)")}, [{Size(d.Rows)}×{d.Columns.ToString(CultureInfo.InvariantCulture)}].";
            case ReduceKernel r:
                return $"{slots[r.Target].Label} = {(r.IsMax ? "max" : "Σ")} {slots[r.Source].Label} over the middle of [{Size(r.Outer)}×{Size(r.Middle)}×{Size(r.Inner)}].";
            case BatchProductKernel b:
                return $"{slots[b.C].Label} = {slots[b.A].Label}{(b.TransposeA ? "ᵀ" : "")}·{slots[b.B].Label}{(b.TransposeB ? "ᵀ" : "")} for each of {Size(b.Count)} rows: [{b.M}×{b.K}]·[{b.K}×{b.N}], {Work()}.";
            case ScatterKernel s:
                var by = $"Σ {slots[s.Values.Buffer].Label} by {slots[s.Labels].Label}";
                return $"{slots[s.Target].Label} = {by}: [{Size(s.Rows)}×{s.Columns}] to {s.Classes} classes, {Work()}.";
            default:
                return "";
        }
    }

    static string Operand(MemorySlot slot, MatrixOperand matrix) => slot.Label + (matrix.ColumnStride == 1 ? "" : "ᵀ");

    static string Count(long flops)
    {
        var (value, unit) = flops >= 1_000_000 ? (flops / 1e6, "M") : flops >= 1000 ? (flops / 1e3, "k") : (flops, "");
        return value.ToString(unit.Length == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + unit;
    }
}
