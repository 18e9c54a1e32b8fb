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

/// <summary>What of a product is images.</summary>
public enum ImageRole
{
    /// <summary>A is the windows over the images that lie there.</summary>
    Windows,

    /// <summary>A is the transpose of the windows: the sum runs over windows.</summary>
    TransposedWindows,

    /// <summary>A·B is windows, and C the images that they sum up to.</summary>
    Sum,
}

/// <summary>Images that a product reads or makes by their windows, which lie nowhere.</summary>
/// <param name="Role">Which of its matrices.</param>
/// <param name="Windowing">The geometry.</param>
/// <param name="Channels">Of a position.</param>
public readonly record struct ProductImages(ImageRole Role, Windowing Windowing, int Channels)
{
    /// <summary>Floats of an image without what may lie between its positions.</summary>
    public int Floats => Windowing.Positions * Channels;

    public int WindowFloats => Windowing.Taps * Channels;
}

/// <summary>C = A·B, then the map over C's tiles.</summary>
/// <param name="Images">
/// Of a convolution: where it is not <see cref="ImageRole.Sum"/>, A's row stride is that of positions. Where it is, A·B has a row for each
/// window, M and N are rows and columns of the map over the images, and K is the length of the sums as ever.
/// </param>
/// <param name="OfBits">
/// Whether A may hold zeros and ones only, which is seen when the product runs; after partitioning, whether there is something to be had
/// from it.
/// </param>
/// <param name="StoresProduct">Whether C itself must be in memory afterwards, or only what the map makes of it.</param>
/// <param name="PrefersLibrary">
/// Whether it is large enough for a vendor's library, where the device has one; C then goes through memory.
/// </param>
/// <param name="RowsPerBlock">Rows of a tile; 0 while one tile does all.</param>
/// <param name="ColumnsPerBlock">Columns of a tile; 0 while one tile does all.</param>
public sealed record ProductKernel(
    string Name, string Summary, int Level, EquatableArray<int> After, MatrixOperand A, MatrixOperand B, MatrixOperand C,
    Extent M, int N, Extent K, MapBody? Epilogue,
    bool StoresProduct = true, bool PrefersLibrary = false, int RowsPerBlock = 0, int ColumnsPerBlock = 0,
    ProductImages? Images = null, bool OfBits = false)
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
        var positions = A with { RowStride = PositionStride, ColumnStride = 1 };
        var (left, right) = Images switch
        {
            { Role: ImageRole.Windows } i =>
                (Access.Reading(positions, m / i.Windowing.Count * i.Windowing.Positions, i.Channels), Access.Reading(B, k, N)),
            { Role: ImageRole.TransposedWindows } i =>
                (Access.Reading(positions, k / i.Windowing.Count * i.Windowing.Positions, i.Channels), Access.Reading(B, k, N)),
            { } i => (Access.Reading(A, ImageCount(rows) * i.Windowing.Count, k), Access.Reading(B, k, i.WindowFloats)),
            null => (Access.Reading(A, m, k), Access.Reading(B, k, N)),
        };
        Access[] product = [left, right, Access.Writing(C, m, N, StoresProduct)];
        return Epilogue is null ? product : Access.Of(Epilogue, m, N, Blocks(rows), rows, product);
    }

    public override Kernel WithBuffers(Func<int, int> rename) => this with
    {
        A = A with { Buffer = rename(A.Buffer) },
        B = B with { Buffer = rename(B.Buffer) },
        C = C with { Buffer = rename(C.Buffer) },
        Epilogue = Epilogue?.WithBuffers(rename),
    };

    /// <summary>Of images: floats from one position to the next.</summary>
    public int PositionStride => Images switch
    {
        { Role: ImageRole.Windows } => A.RowStride,
        { Role: ImageRole.TransposedWindows } => A.ColumnStride,
        { } images => N == images.Channels ? C.RowStride : images.Channels,
        null => 0,
    };

    /// <summary>Images that a sum of windows makes.</summary>
    public long ImageCount(int rows) => Images is { } images ? M.For(rows) * N / images.Floats : 0;

    /// <summary>Multiplications and additions of the product alone.</summary>
    public long ProductFlops(int rows) => 2 * K.For(rows) * (Images is { Role: ImageRole.Sum } images
        ? ImageCount(rows) * images.Windowing.Count * images.WindowFloats
        : M.For(rows) * N);

    public override long Flops(int rows) => ProductFlops(rows) + M.For(rows) * N * (Epilogue?.FlopsPerElement ?? 0);
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

/// <summary>The axes of every row in another order: target[row, i, j, …] = source[row, …] by strides.</summary>
/// <param name="Sizes">Axes of a row of the result.</param>
/// <param name="Strides">Floats of the source along each of them.</param>
public sealed record PermuteKernel(
    string Name, string Summary, int Level, EquatableArray<int> After,
    int Source, int SourceOffset, int Target, int TargetOffset, Extent Rows, EquatableArray<int> Sizes, EquatableArray<int> Strides)
    : Kernel(Name, Summary, Level, After)
{
    public int RowFloats => Sizes.Aggregate(1, (a, b) => a * b);

    public override IEnumerable<int> Reads => [Source];

    public override IEnumerable<int> Writes => [Target];

    public override bool SumsRows => false;

    public override IEnumerable<Access> Accesses(int rows) =>
    [
        Access.Reading(Source, SourceOffset, Rows.For(rows) * RowFloats), Access.Writing(Target, TargetOffset, Rows.For(rows) * RowFloats),
    ];

    public override Kernel WithBuffers(Func<int, int> rename) => this with { Source = rename(Source), Target = rename(Target) };

    public override long Flops(int rows) => 0;
}

/// <summary>Windows over images, or images as sums of windows, in memory: for who is no product.</summary>
/// <param name="Image">The images; the row stride is that of positions.</param>
/// <param name="Windows">A row for each window, contiguous.</param>
/// <param name="Images">How many.</param>
/// <param name="IsSum">Whether the images are made of the windows.</param>
public sealed record WindowKernel(
    string Name, string Summary, int Level, EquatableArray<int> After,
    MatrixOperand Image, MatrixOperand Windows, Windowing Windowing, int Channels, Extent Images, bool IsSum)
    : Kernel(Name, Summary, Level, After)
{
    public MatrixOperand Source => IsSum ? Windows : Image;

    public MatrixOperand Target => IsSum ? Image : Windows;

    public override IEnumerable<int> Reads => [Source.Buffer];

    public override IEnumerable<int> Writes => [Target.Buffer];

    public override bool SumsRows => false;

    public override IEnumerable<Access> Accesses(int rows)
    {
        var (images, count) = (Images.For(rows), Windowing.Count);
        var width = Windowing.Taps * Channels;
        return IsSum
            ? [Access.Reading(Windows, images * count, width), Access.Writing(Image, images * Windowing.Positions, Channels, true)]
            : [Access.Reading(Image, images * Windowing.Positions, Channels), Access.Writing(Windows, images * count, width, true)];
    }

    public override Kernel WithBuffers(Func<int, int> rename) =>
        this with { Image = Image with { Buffer = rename(Image.Buffer) }, Windows = Windows with { Buffer = rename(Windows.Buffer) } };

    public override long Flops(int rows) => IsSum ? Images.For(rows) * Windowing.Count * Windowing.Taps * Channels : 0;
}
