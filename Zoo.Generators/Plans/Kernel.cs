using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans.Verification;

namespace Zoo.Generators.Plans;

/// <summary>One kernel of a program. The same IR serves every target; printers decide nothing.</summary>
/// <param name="Name">Identifier, unique among different kernels of a model.</param>
/// <param name="Summary">What it computes, with shapes and equation, for the comment above it.</param>
/// <param name="Level">Kernels of one level may run at once; a barrier stands between levels.</param>
/// <param name="After">Ordinals of the kernels whose results it reads.</param>
public abstract record Kernel(string Name, string Summary, int Level, EquatableArray<int> After)
{
    public abstract IEnumerable<int> Reads { get; }

    public abstract IEnumerable<int> Writes { get; }

    /// <summary>The floats behind <see cref="Reads"/> and <see cref="Writes"/> in a run of so many rows, for the verifier.</summary>
    public abstract IEnumerable<Access> Accesses(int rows);

    /// <summary>Whether it adds up, or takes the largest of, rows of the batch.</summary>
    public abstract bool SumsRows { get; }

    /// <summary>The elementwise computation in it, if there is one.</summary>
    public virtual MapBody? Map => null;

    /// <summary>The tiles that <see cref="Map"/> runs in.</summary>
    public virtual Blocks Blocks(int rows) => default;

    /// <summary>The same kernel over other buffers.</summary>
    public abstract Kernel WithBuffers(Func<int, int> rename);

    /// <summary>Floating-point operations for so many rows, products counted as 2·m·n·k and each elementwise op as 1.</summary>
    public abstract long Flops(int rows);
}

/// <summary>C = A·B, then the map over C's tiles.</summary>
/// <param name="StoresProduct">Whether C itself must be in memory afterwards, or only what the map makes of it.</param>
/// <param name="PrefersLibrary">
/// Whether it is large enough for a vendor's library, where the device has one; C then goes through memory.
/// </param>
/// <param name="RowsPerBlock">Rows of a tile; 0 while one tile does all.</param>
/// <param name="ColumnsPerBlock">Columns of a tile; 0 while one tile does all.</param>
public sealed record ProductKernel(
    string Name, string Summary, int Level, EquatableArray<int> After, MatrixOperand A, MatrixOperand B, MatrixOperand C,
    Extent M, int N, Extent K, MapBody? Epilogue,
    bool StoresProduct = true, bool PrefersLibrary = false, int RowsPerBlock = 0, int ColumnsPerBlock = 0)
    : Kernel(Name, Summary, Level, After)
{
    /// <summary>A and B, whatever else lies in their buffers, and what the map loads; C's own elements it has in hand.</summary>
    public override IEnumerable<int> Reads =>
        Epilogue?.Loads(A.Buffer, B.Buffer) ?? (A.Buffer == B.Buffer ? [A.Buffer] : [A.Buffer, B.Buffer]);

    public override IEnumerable<int> Writes => Epilogue?.Writes(C.Buffer) ?? [C.Buffer];

    public override bool SumsRows => !K.IsFixed || (!M.IsFixed && Epilogue is { ColumnSums.Count: > 0 });

    public override MapBody? Map => Epilogue;

    public override Blocks Blocks(int rows) => new(
        Plans.Blocks.Count(M.For(rows), RowsPerBlock), Plans.Blocks.Count(N, ColumnsPerBlock), M, Extent.Of(N));

    public override IEnumerable<Access> Accesses(int rows)
    {
        var (m, k) = (M.For(rows), K.For(rows));
        Access[] product = [Access.Reading(A, m, k), Access.Reading(B, k, N), Access.Writing(C, m, N, StoresProduct)];
        return Epilogue is null ? product : Access.Of(Epilogue, m, N, Blocks(rows), rows, product);
    }

    public override Kernel WithBuffers(Func<int, int> rename) => this with
    {
        A = A with { Buffer = rename(A.Buffer) },
        B = B with { Buffer = rename(B.Buffer) },
        C = C with { Buffer = rename(C.Buffer) },
        Epilogue = Epilogue?.WithBuffers(rename),
    };

    public override long Flops(int rows) => M.For(rows) * N * (2 * K.For(rows) + (Epilogue?.FlopsPerElement ?? 0));
}

/// <summary>How a map is spread over what runs at once.</summary>
public enum MapStrategy
{
    /// <summary>A tile each.</summary>
    Tiles,

    /// <summary>A row each, or a block of its columns; no columns are summed.</summary>
    Rows,

    /// <summary>An element each; nothing is summed.</summary>
    Elements,
}

/// <summary>A map alone.</summary>
/// <param name="RowsPerBlock">Rows of a tile; 0 while one tile does all.</param>
/// <param name="ColumnsPerBlock">Columns of a tile; 0 while one tile does all.</param>
public sealed record MapKernel(
    string Name, string Summary, int Level, EquatableArray<int> After,
    Extent Rows, Extent Columns, Extent RowsPerBlock, Extent ColumnsPerBlock, MapBody Body, MapStrategy Strategy = MapStrategy.Tiles)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => Body.Reads();

    public override IEnumerable<int> Writes => Body.Writes();

    public override bool SumsRows => (!Rows.IsFixed && Body.ColumnSums.Count > 0) || (!Columns.IsFixed && Body.RowSums.Count > 0);

    public override MapBody? Map => Body;

    public override Blocks Blocks(int rows) => new(
        Plans.Blocks.Count(Rows.For(rows), RowsPerBlock.For(rows)),
        Plans.Blocks.Count(Columns.For(rows), ColumnsPerBlock.For(rows)), Rows, Columns);

    public override IEnumerable<Access> Accesses(int rows) => Access.Of(Body, Rows.For(rows), Columns.For(rows), Blocks(rows), rows);

    public override Kernel WithBuffers(Func<int, int> rename) => this with { Body = Body.WithBuffers(rename) };

    public override long Flops(int rows) => Rows.For(rows) * Columns.For(rows) * Body.FlopsPerElement;
}

/// <summary>Fills a buffer with random numbers, rows × columns. As many rows whatever the batch: a draw that all examples share.</summary>
public sealed record DrawKernel(
    string Name, string Summary, int Level, EquatableArray<int> After, string Draw, DrawKind Kind, int Target, Extent Rows, int Columns)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => [];

    public override IEnumerable<int> Writes => [Target];

    public override bool SumsRows => false;

    public override IEnumerable<Access> Accesses(int rows) => [Access.Writing(Target, 0, Rows.For(rows) * Columns)];

    public override Kernel WithBuffers(Func<int, int> rename) => this with { Target = rename(Target) };

    public override long Flops(int rows) => 0;
}

/// <summary>target[o, i] = Σ or max over m of source[o, m, i].</summary>
/// <param name="MiddlePerBlock">0, or how much of the middle one result covers: target[block, o, i] are parts for another kernel.</param>
public sealed record ReduceKernel(
    string Name, string Summary, int Level, EquatableArray<int> After, bool IsMax,
    int Source, int SourceOffset, int Target, int TargetOffset, Extent Outer, Extent Middle, Extent Inner, int MiddlePerBlock = 0)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => [Source];

    public override IEnumerable<int> Writes => [Target];

    public override bool SumsRows => !Middle.IsFixed;

    public override IEnumerable<Access> Accesses(int rows)
    {
        var (results, middle) = (Outer.For(rows) * Inner.For(rows), Middle.For(rows));
        return
        [
            Access.Reading(Source, SourceOffset, results * middle),
            Access.Writing(Target, TargetOffset, results * Plans.Blocks.Count(middle, MiddlePerBlock)),
        ];
    }

    public override Kernel WithBuffers(Func<int, int> rename) => this with { Source = rename(Source), Target = rename(Target) };

    public override long Flops(int rows) => Outer.For(rows) * Middle.For(rows) * Inner.For(rows);
}

/// <summary>Products of small matrices, one for each row.</summary>
public sealed record BatchProductKernel(
    string Name, string Summary, int Level, EquatableArray<int> After,
    int A, int AOffset, int B, int BOffset, int C, int COffset, Extent Count, int M, int N, int K, bool TransposeA, bool TransposeB)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => new[] { A, B }.Distinct();

    public override IEnumerable<int> Writes => [C];

    public override bool SumsRows => false;

    public override IEnumerable<Access> Accesses(int rows)
    {
        var count = Count.For(rows);
        return
        [
            Access.Reading(A, AOffset, count * M * K),
            Access.Reading(B, BOffset, count * K * N),
            Access.Writing(C, COffset, count * M * N),
        ];
    }

    public override Kernel WithBuffers(Func<int, int> rename) => this with { A = rename(A), B = rename(B), C = rename(C) };

    public override long Flops(int rows) => 2 * Count.For(rows) * M * N * K;
}

/// <summary>target[c] = the sum of the rows of a matrix that are labelled c, in their order: rows × columns to classes × columns.</summary>
public sealed record ScatterKernel(
    string Name, string Summary, int Level, EquatableArray<int> After, MatrixOperand Values, int Labels, int LabelsOffset,
    int Target, int TargetOffset, Extent Rows, int Columns, int Classes)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => new[] { Values.Buffer, Labels }.Distinct();

    public override IEnumerable<int> Writes => [Target];

    public override bool SumsRows => !Rows.IsFixed;

    public override IEnumerable<Access> Accesses(int rows)
    {
        var count = Rows.For(rows);
        return
        [
            Access.Reading(Values, count, Columns),
            Access.Reading(Labels, LabelsOffset, count),
            Access.Writing(Target, TargetOffset, (long)Classes * Columns),
        ];
    }

    public override Kernel WithBuffers(Func<int, int> rename) =>
        this with { Values = Values with { Buffer = rename(Values.Buffer) }, Labels = rename(Labels), Target = rename(Target) };

    public override long Flops(int rows) => Rows.For(rows) * Columns;
}
