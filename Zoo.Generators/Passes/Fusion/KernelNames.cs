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
        ProductKernel { Images: { Role: var role } } p when slots[p.B.Buffer] is { Kind: BufferKind.Parameter, Name: var weight } =>
            NodeLabels.Layer(weight) + (role == ImageRole.Sum ? " window sums" : " windows"),
        ProductKernel p when slots[p.B.Buffer] is { Kind: BufferKind.Parameter, Name: var weight } =>
            NodeLabels.Layer(weight) + (p.B.ColumnStride == 1 != turned.Contains(weight) ? "" : " input gradient"),
        ProductKernel p => $"{slots[p.C.Buffer].Name} product",
        DrawKernel d => $"draw {d.Draw}",
        ReduceKernel r => $"{(r.IsMax ? "max" : "sum")} {slots[r.Target].Name}",
        BatchProductKernel b => $"{slots[b.C].Name} products",
        ScatterKernel s => $"{slots[s.Target].Name} by label",
        PermuteKernel p => $"{slots[p.Target].Name} permuted",
        WindowKernel w => $"{slots[w.Writes.First()].Name} {(w.IsSum ? "window sums" : "windows")}",
        MapKernel m => slots[m.Writes.First()].Name,
        _ => "kernel",
    };

    static string Summary(Kernel kernel, IReadOnlyList<MemorySlot> slots, int rows)
    {
        string Size(Extent e) => e.IsFixed || rows == 0 ? e.ToString() : e.For(rows).ToString(CultureInfo.InvariantCulture);
        string Work() => rows == 0 ? $"{Count(kernel.Flops(1))}FLOP a row" : $"{Count(kernel.Flops(rows))}FLOP";
        switch (kernel)
        {
            case ProductKernel { Images: { } images } p:
                var convolution = Convolution(p, images, slots, Size);
                return p.Epilogue is null ? $"{slots[p.C.Buffer].Label} = {convolution}, {Work()}."
                    : $"C = {convolution}, {Work()}. Then, tile by tile: {MapEquation.Of(p.Epilogue, slots)}.";
            case PermuteKernel p:
                return $"{slots[p.Target].Label} = {slots[p.Source].Label} in another order: {Size(p.Rows)} rows of "
                    + $"[{string.Join("×", p.Sizes)}].";
            case WindowKernel w:
                return w.IsSum
                    ? $"{slots[w.Image.Buffer].Label} = Σ of the windows {slots[w.Windows.Buffer].Label}, {w.Windowing}."
                    : $"{slots[w.Windows.Buffer].Label} = windows of {slots[w.Image.Buffer].Label}, {w.Windowing}.";
            case ProductKernel p:
                // As it lies: op(A) is [M×K], so A turned is [K×M].
                var left = Operand(slots[p.A.Buffer], p.A, p.A.ColumnStride == 1 ? p.M : p.K);
                var right = Operand(slots[p.B.Buffer], p.B, p.B.ColumnStride == 1 ? p.K : Extent.Of(p.N));
                var sizes = $"[{Size(p.M)}×{Size(p.K)}]·[{Size(p.K)}×{p.N.ToString(CultureInfo.InvariantCulture)}]";
                var head = $"{left}·{right}: {sizes}, {Work()}.";
                return p.Epilogue is null ? $"{Operand(slots[p.C.Buffer], p.C, p.M)} = {head}"
                    : $"C = {head} Then, tile by tile: {MapEquation.Of(p.Epilogue, slots)}.";
            case MapKernel m:
                return $"{MapEquation.Of(m.Body, slots)}, over [{Size(m.Rows)}×{Size(m.Columns)}], {Work()}.";
            case DrawKernel d:
                return $"{d.Draw} ~ {Law(d.Kind)}, "
                    + $"[{Size(d.Rows)}×{d.Columns.ToString(CultureInfo.InvariantCulture)}].";
            case ReduceKernel r:
                return $"{slots[r.Target].Label} = {(r.IsMax ? "max" : "Σ")} {slots[r.Source].Label} over the middle of "
                    + $"[{Size(r.Outer)}×{Size(r.Middle)}×{Size(r.Inner)}].";
            case BatchProductKernel b:
                return $"{slots[b.C].Label} = {slots[b.A].Label}{(b.TransposeA ? "ᵀ" : "")}·{slots[b.B].Label}{(b.TransposeB ? "ᵀ" : "")} "
                    + $"for each of {Size(b.Count)} rows: [{b.M}×{b.K}]·[{b.K}×{b.N}], {Work()}.";
            case ScatterKernel s:
                var place = Rows(slots[s.Target], s.TargetOffset, s.Columns, Extent.Of(s.Classes));
                var (summed, rowsAndClasses) = (slots[s.Values.Buffer].Label, $"[{Size(s.Rows)}×{s.Columns}] to {s.Classes} classes");
                return $"{slots[s.Target].Label}{place} = Σ {summed} by {slots[s.Labels].Label}: {rowsAndClasses}, {Work()}.";
            default:
                return "";
        }
    }

    static string Convolution(ProductKernel p, ProductImages images, IReadOnlyList<MemorySlot> slots, System.Func<Extent, string> size)
    {
        var (a, b) = (slots[p.A.Buffer].Label, slots[p.B.Buffer].Label + (p.B.ColumnStride == 1 ? "" : "ᵀ"));
        var (windowing, n) = (images.Windowing, p.N.ToString(CultureInfo.InvariantCulture));
        return images.Role switch
        {
            ImageRole.Windows => $"windows({a})·{b}: {windowing}, [{size(p.M)}×{size(p.K)}]·[{size(p.K)}×{n}]",
            ImageRole.TransposedWindows => $"windows({a})ᵀ·{b}: {windowing}, [{size(p.M)}×{size(p.K)}]·[{size(p.K)}×{n}]",
            _ => $"Σ of the windows {a}·{b}: {windowing}, "
                + $"[{windowing.Count} an image×{size(p.K)}]·[{size(p.K)}×{images.WindowFloats}]",
        };
    }

    static string Operand(MemorySlot slot, MatrixOperand matrix, Extent rows) =>
        slot.Label + Rows(slot, matrix.Offset, System.Math.Max(matrix.RowStride, matrix.ColumnStride), rows)
        + (matrix.ColumnStride == 1 ? "" : "ᵀ");

    /// <summary>Which rows of a weight or of its gradient, where it is not all: what labels choose and the rest lie in one.</summary>
    static string Rows(MemorySlot slot, int offset, int stride, Extent rows)
    {
        var isWhole = slot.Kind is not (BufferKind.Parameter or BufferKind.Gradient) || slot.Length.Fixed <= rows.Fixed * stride;
        if (isWhole || !rows.IsFixed || offset % stride != 0) return "";
        string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
        return $"[{Number(offset / stride)}..{Number(offset / stride + rows.Fixed)}]";
    }

    static string Count(long flops)
    {
        var (value, unit) = flops >= 1_000_000 ? (flops / 1e6, "M") : flops >= 1000 ? (flops / 1e3, "k") : (flops, "");
        return value.ToString(unit.Length == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + unit;
    }

    static string Law(DrawKind kind) => kind switch
    {
        DrawKind.Normal => "N(0, 1)",
        DrawKind.Uniform => "U[0, 1)",
        _ => "one-hot of a uniform class",
    };
}
