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
/// <param name="Label">Gather: where the row's label lies, which is the same for all columns.</param>
/// <param name="LabelStride">Gather: floats from one row of the table to the next.</param>
/// <param name="Class">
/// OneHot: the class that the element stands for; the value is 1 where the operand is that number. An address
/// without a buffer, itself the number.
/// </param>
public sealed record MapInstruction(
    Op Op, EquatableArray<int> Inputs, float Value = 0, float Value2 = 0, Operand? Load = null, bool IsProduct = false,
    Operand? Label = null, int LabelStride = 0, Operand? Class = null)
{
    /// <summary>Buffers that it reads.</summary>
    public IEnumerable<int> Reads => new[] { Load, Label }.OfType<Operand>().Select(o => o.Buffer);

    public MapInstruction WithBuffers(System.Func<int, int> rename)
    {
        Operand? Renamed(Operand? operand) => operand is null ? null : operand with { Buffer = rename(operand.Buffer) };
        return this with { Load = Renamed(Load), Label = Renamed(Label) };
    }
}

/// <summary>Writes a value.</summary>
public sealed record MapStore(int Value, Operand Target);

/// <summary>Sums a value over the columns of each row, or over the rows of each column, into a contiguous buffer.</summary>
/// <param name="Value">Ordinal of the instruction.</param>
/// <param name="Buffer">Target.</param>
/// <param name="Offset">Offset in the target.</param>
/// <param name="BlockStride">Floats from one block's partial sums to the next; 0 where one block does all.</param>
public sealed record MapSum(int Value, int Buffer, int Offset, Extent BlockStride);

/// <summary>An elementwise computation over rows × columns with the sums it feeds.</summary>
public sealed record MapBody(EquatableArray<MapInstruction> Instructions, EquatableArray<MapStore> Stores, EquatableArray<MapSum> RowSums, EquatableArray<MapSum> ColumnSums);
