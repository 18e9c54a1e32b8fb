using System.Collections.Generic;

namespace Zoo.Generators.Plans.Verification;

/// <summary>What a kernel does to floats of a buffer.</summary>
public enum AccessKind
{
    /// <summary>Reads all of them, in an order that is its own.</summary>
    Read,

    /// <summary>A map's load: the element at the place where it computes.</summary>
    Load,

    /// <summary>A map's store: the element at the place where it computes, after its loads.</summary>
    Store,

    /// <summary>Writes all of them, in an order that is its own.</summary>
    Write,

    /// <summary>Writes them on the way to what the kernel's map stores; nobody may read them afterwards.</summary>
    Scratch,
}

/// <summary>Floats of one buffer that a kernel reads or writes.</summary>
/// <param name="Buffer">Its ordinal in the program.</param>
/// <param name="Kind">What is done to them.</param>
/// <param name="Region">Which.</param>
/// <param name="Address">Where a map finds the element of a row and column; null for what is no map.</param>
public sealed record Access(int Buffer, AccessKind Kind, Region Region, Operand? Address = null)
{
    public bool IsRead => Kind is AccessKind.Read or AccessKind.Load;

    public static Access Reading(int buffer, long start, long length) => new(buffer, AccessKind.Read, Region.Stretch(start, length));

    public static Access Writing(int buffer, long start, long length) => new(buffer, AccessKind.Write, Region.Stretch(start, length));

    public static Access Reading(MatrixOperand matrix, long rows, long columns) =>
        new(matrix.Buffer, AccessKind.Read, Of(matrix, rows, columns));

    /// <summary>A product's C.</summary>
    public static Access Writing(MatrixOperand matrix, long rows, long columns, bool stays) =>
        new(matrix.Buffer, stays ? AccessKind.Write : AccessKind.Scratch, Of(matrix, rows, columns), Canonical(Element(matrix), rows));

    static Operand Element(MatrixOperand matrix) =>
        new(matrix.Buffer, matrix.Offset, new([new(1, 0, matrix.RowStride)]), matrix.ColumnStride);

    /// <summary>One row is where it is, whatever the strides of rows that there are not.</summary>
    static Operand Canonical(Operand place, long rows) => rows == 1 ? place with { Rows = new([]) } : place;

    static Region Of(MatrixOperand matrix, long rows, long columns) =>
        Region.Of(matrix.Offset, new Axis(rows, matrix.RowStride), new Axis(columns, matrix.ColumnStride));

    /// <summary>
    /// Of a map over rows × columns in a grid of tiles. A product's own elements are not among its loads: they are in its hands.
    /// </summary>
    public static List<Access> Of(MapBody body, long rows, long columns, Blocks blocks, int rowsOfRun, params Access[] before)
    {
        var found = new List<Access>(before);
        void Add(Operand place, AccessKind kind) =>
            found.Add(new(place.Buffer, kind, Region.Of(place, rows, columns), Canonical(place, rows)));
        foreach (var instruction in body.Instructions)
        {
            if (instruction is not { Load: { } load, IsProduct: false }) continue;
            if (instruction.Row is not { } row)
            {
                Add(load, AccessKind.Load);
                continue;
            }
            Add(row.Label, AccessKind.Load);
            // Any of the rows: which, only the labels know.
            found.Add(new(load.Buffer, AccessKind.Read, Region.Of(load, rows, columns, new Axis(row.Count, row.Stride))));
        }
        foreach (var (_, target) in body.Stores) Add(target, AccessKind.Store);
        foreach (var sum in body.RowSums) found.Add(Parts(sum, rows, blocks.Columns, rowsOfRun));
        foreach (var sum in body.ColumnSums) found.Add(Parts(sum, columns, blocks.Rows, rowsOfRun));
        return found;
    }

    /// <summary>A sum's results, one set for each of the tiles that it runs over.</summary>
    static Access Parts(MapSum sum, long length, long blocks, int rowsOfRun) =>
        new(sum.Buffer, AccessKind.Write, Region.Of(sum.Offset, new Axis(length, 1), new Axis(blocks, sum.BlockStride.For(rowsOfRun))));
}
