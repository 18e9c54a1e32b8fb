using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

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

    /// <summary>The same kernel over other buffers.</summary>
    public abstract Kernel WithBuffers(Func<int, int> rename);

    /// <summary>Floating-point operations for so many rows, products counted as 2·m·n·k and each elementwise op as 1.</summary>
    public abstract long Flops(int rows);
}

/// <summary>C = A·B, then the map over C's tiles.</summary>
/// <param name="StoresProduct">Whether C itself must be in memory afterwards, or only what the map makes of it.</param>
/// <param name="PrefersLibrary">Whether it is large enough for a vendor's library, where the device has one; C then goes through memory.</param>
public sealed record ProductKernel(
    string Name, string Summary, int Level, EquatableArray<int> After, MatrixOperand A, MatrixOperand B, MatrixOperand C, Extent M, int N, Extent K, MapBody? Epilogue,
    bool StoresProduct = true, bool PrefersLibrary = false)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => new[] { A.Buffer, B.Buffer }.Concat(Epilogue?.Reads() ?? []).Where(b => b != C.Buffer || Epilogue is null).Distinct();

    public override IEnumerable<int> Writes => new[] { C.Buffer }.Concat(Epilogue?.Writes() ?? []).Distinct();

    public override Kernel WithBuffers(Func<int, int> rename) => this with
    {
        A = A with { Buffer = rename(A.Buffer) }, B = B with { Buffer = rename(B.Buffer) }, C = C with { Buffer = rename(C.Buffer) }, Epilogue = Epilogue?.WithBuffers(rename),
    };

    public override long Flops(int rows) => 2 * M.For(rows) * N * K.For(rows) + M.For(rows) * N * (Epilogue?.FlopsPerElement() ?? 0);
}

/// <summary>A map alone, in tiles; a tile of one element is a thread of its own.</summary>
public sealed record MapKernel(string Name, string Summary, int Level, EquatableArray<int> After, Extent Rows, Extent Columns, Extent RowsPerBlock, Extent ColumnsPerBlock, MapBody Body)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => Body.Reads();

    public override IEnumerable<int> Writes => Body.Writes();

    public override Kernel WithBuffers(Func<int, int> rename) => this with { Body = Body.WithBuffers(rename) };

    public override long Flops(int rows) => Rows.For(rows) * Columns.For(rows) * Body.FlopsPerElement();
}

/// <summary>Fills a buffer with random numbers, rows × columns.</summary>
public sealed record DrawKernel(string Name, string Summary, int Level, EquatableArray<int> After, string Draw, DrawKind Kind, int Target, Extent Rows, int Columns) : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => [];

    public override IEnumerable<int> Writes => [Target];

    public override Kernel WithBuffers(Func<int, int> rename) => this with { Target = rename(Target) };

    public override long Flops(int rows) => 0;
}

/// <summary>target[o, i] = Σ or max over m of source[o, m, i].</summary>
/// <param name="MiddlePerBlock">0, or how much of the middle axis one result covers: target[block, o, i] are then parts for another kernel.</param>
public sealed record ReduceKernel(
    string Name, string Summary, int Level, EquatableArray<int> After, bool IsMax, int Source, int SourceOffset, int Target, int TargetOffset, Extent Outer, Extent Middle, Extent Inner,
    int MiddlePerBlock = 0)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => [Source];

    public override IEnumerable<int> Writes => [Target];

    public override Kernel WithBuffers(Func<int, int> rename) => this with { Source = rename(Source), Target = rename(Target) };

    public override long Flops(int rows) => Outer.For(rows) * Middle.For(rows) * Inner.For(rows);
}

/// <summary>Products of small matrices, one for each row.</summary>
public sealed record BatchProductKernel(string Name, string Summary, int Level, EquatableArray<int> After, int A, int AOffset, int B, int BOffset, int C, int COffset, Extent Count, int M, int N, int K, bool TransposeA, bool TransposeB)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => [A, B];

    public override IEnumerable<int> Writes => [C];

    public override Kernel WithBuffers(Func<int, int> rename) => this with { A = rename(A), B = rename(B), C = rename(C) };

    public override long Flops(int rows) => 2 * Count.For(rows) * M * N * K;
}

/// <summary>target[c] = the sum of the rows of a matrix that are labelled c, in their order: rows × columns to classes × columns.</summary>
public sealed record ScatterKernel(
    string Name, string Summary, int Level, EquatableArray<int> After, MatrixOperand Values, int Labels, int LabelsOffset,
    int Target, int TargetOffset, Extent Rows, int Columns, int Classes)
    : Kernel(Name, Summary, Level, After)
{
    public override IEnumerable<int> Reads => [Values.Buffer, Labels];

    public override IEnumerable<int> Writes => [Target];

    public override Kernel WithBuffers(Func<int, int> rename) =>
        this with { Values = Values with { Buffer = rename(Values.Buffer) }, Labels = rename(Labels), Target = rename(Target) };

    public override long Flops(int rows) => Rows.For(rows) * Columns;
}
