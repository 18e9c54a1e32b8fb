using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Plans;

/// <summary>One instruction of a map: a load, a constant, an elementwise op on earlier values, or what is made of a row's label.</summary>
/// <param name="Op"><see cref="Graphs.Op.Input"/> for a load, Constant, OneHot, Gather, or an elementwise op.</param>
/// <param name="Inputs">Ordinals of earlier instructions.</param>
/// <param name="Value">Constant, or lower end of Clamp.</param>
/// <param name="Value2">Upper end of Clamp.</param>
/// <param name="Load">Address of a load; for Gather, of the element in row 0 of the table.</param>
/// <param name="IsProduct">Whether the load is of the kernel's own product, which some targets still have in registers.</param>
/// <param name="Row">Gather: which row of the table it is instead.</param>
/// <param name="Class">
/// OneHot: the class that the element stands for; the value is 1 where the operand is that number. It is an address without a buffer,
/// itself the number.
/// </param>
public sealed record MapInstruction(
    Op Op, EquatableArray<int> Inputs, float Value = 0, float Value2 = 0, Operand? Load = null, bool IsProduct = false,
    LabelledRow? Row = null, Operand? Class = null)
{
    /// <summary>Buffers that it reads, the product in front among them.</summary>
    public IEnumerable<int> Reads => new[] { Load, Row?.Label }.OfType<Operand>().Select(o => o.Buffer);

    /// <summary>The same instruction over other buffers.</summary>
    public MapInstruction WithBuffers(Func<int, int> rename)
    {
        Operand Renamed(Operand place) => place with { Buffer = rename(place.Buffer) };
        return this with
        {
            Load = Load is null ? null : Renamed(Load),
            Row = Row is null ? null : Row with { Label = Renamed(Row.Label) },
        };
    }
}

/// <summary>The row of a table that a label names.</summary>
/// <param name="Label">Where the label lies: one for all columns. −1 names no row.</param>
/// <param name="Count">Rows of the table; labels are below it.</param>
/// <param name="Stride">Floats from one row of the table to the next.</param>
public sealed record LabelledRow(Operand Label, int Count, int Stride);

/// <summary>Writes a value.</summary>
public sealed record MapStore(int Value, Operand Target);

/// <summary>Sums a value over the columns of each row, or over the rows of each column, into a contiguous buffer.</summary>
/// <param name="Value">Ordinal of the instruction.</param>
/// <param name="Buffer">Target.</param>
/// <param name="Offset">Offset in the target.</param>
/// <param name="BlockStride">Floats from one block's partial sums to the next; 0 where one block does all.</param>
public sealed record MapSum(int Value, int Buffer, int Offset, Extent BlockStride);

/// <summary>An elementwise computation over rows × columns with the sums it feeds.</summary>
public sealed record MapBody(
    EquatableArray<MapInstruction> Instructions, EquatableArray<MapStore> Stores,
    EquatableArray<MapSum> RowSums, EquatableArray<MapSum> ColumnSums)
{
    public bool HasSums => RowSums.Count + ColumnSums.Count > 0;

    public int FlopsPerElement => Instructions.Count(i => i.Op.IsElementwise() || i.Op == Op.OneHot) + RowSums.Count + ColumnSums.Count;

    /// <summary>Buffers that some instruction names, the product in front among them.</summary>
    public List<int> Reads() => Buffers([], withProduct: true);

    /// <summary>Buffers that it needs from memory, behind those given: without the product in front.</summary>
    public List<int> Loads(params int[] before) => Buffers(before, withProduct: false);

    /// <summary>Buffers that it writes, behind those given.</summary>
    public List<int> Writes(params int[] before)
    {
        var found = new List<int>();
        foreach (var buffer in before) AddOnce(found, buffer);
        foreach (var store in Stores) AddOnce(found, store.Target.Buffer);
        foreach (var sum in RowSums) AddOnce(found, sum.Buffer);
        foreach (var sum in ColumnSums) AddOnce(found, sum.Buffer);
        return found;
    }

    List<int> Buffers(int[] before, bool withProduct)
    {
        var found = new List<int>();
        foreach (var buffer in before) AddOnce(found, buffer);
        foreach (var instruction in Instructions)
        {
            if (!withProduct && instruction.IsProduct) continue;
            if (instruction.Load is { } load) AddOnce(found, load.Buffer);
            if (instruction.Row is { } row) AddOnce(found, row.Label.Buffer);
        }
        return found;
    }

    /// <summary>For the few buffers of a kernel, which are asked for very often, a set would cost more than looking.</summary>
    static void AddOnce(List<int> found, int buffer)
    {
        if (!found.Contains(buffer)) found.Add(buffer);
    }

    /// <summary>The same map over other buffers.</summary>
    public MapBody WithBuffers(Func<int, int> rename)
    {
        Operand Renamed(Operand place) => place with { Buffer = rename(place.Buffer) };
        MapSum RenamedSum(MapSum sum) => sum with { Buffer = rename(sum.Buffer) };
        return new(
            new(Instructions.Select(i => i.WithBuffers(rename))),
            new(Stores.Select(s => s with { Target = Renamed(s.Target) })),
            new(RowSums.Select(RenamedSum)),
            new(ColumnSums.Select(RenamedSum)));
    }
}
