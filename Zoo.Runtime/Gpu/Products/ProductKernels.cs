using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// C = A·B by groups of 16 × 16 threads, each group a tile of 64 × 64: a thread keeps 4 × 4 elements of C in registers and the group brings
/// slices of A
/// and B, 16 deep, through shared memory (Volkov and Demmel 2008). Two slices take turns, so one barrier a slice is enough.
/// </summary>
/// <remarks>
/// ILGPU 1.5.3 neither unrolls loops nor keeps arrays in registers, so both are done by hand. It moves every address that a loop does not
/// change out of
/// the loop, and they take registers: the slices' taking turns leaves few such. No barrier stands under a condition, and nothing past an
/// operand's end is
/// guarded by a branch: it is read from where the operand ends.
/// </remarks>
static class ProductKernels
{
    const int Side = MapTile.Side;
    internal const int Depth = 16;

    /// <summary>Floats of a slice of A, and of one of B.</summary>
    internal const int SliceFloats = Depth * MapTile.Stride;

    /// <summary>C alone.</summary>
    public static void Plain(ArrayView<float> memory, ProductArguments p)
    {
        var tile = SharedMemory.Allocate<float>(MapTile.Floats);
        var columnBlocks = MapTile.Blocks(p.N);
        var (rowBlock, columnBlock) = (Grid.IdxX / columnBlocks, Grid.IdxX % columnBlocks);
        var c = Multiply(memory, p, tile, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
        Store(memory, p, c, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
    }

    /// <summary>A map over C, which itself is not stored.</summary>
    public static void Mapped<TMap>(ArrayView<float> memory, ProductArguments p, MapOperands operands) where TMap : struct, IGpuMap
    {
        var tile = SharedMemory.Allocate<float>(MapTile.Floats);
        var columnBlocks = MapTile.Blocks(p.N);
        var (rowBlock, columnBlock) = (Grid.IdxX / columnBlocks, Grid.IdxX % columnBlocks);
        var c = Multiply(memory, p, tile, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
        Spread(tile, c);
        MapTile.Run<TMap>(memory, operands, tile, rowBlock, columnBlock, p.M, p.N);
    }

    /// <summary>C, and a map over it.</summary>
    public static void StoredAndMapped<TMap>(ArrayView<float> memory, ProductArguments p, MapOperands operands) where TMap : struct, IGpuMap
    {
        var tile = SharedMemory.Allocate<float>(MapTile.Floats);
        var columnBlocks = MapTile.Blocks(p.N);
        var (rowBlock, columnBlock) = (Grid.IdxX / columnBlocks, Grid.IdxX % columnBlocks);
        var c = Multiply(memory, p, tile, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
        Store(memory, p, c, rowBlock * MapTile.Size, columnBlock * MapTile.Size);
        Spread(tile, c);
        MapTile.Run<TMap>(memory, operands, tile, rowBlock, columnBlock, p.M, p.N);
    }

    /// <summary>
    /// The thread's 4 × 4 elements of C. The tile's memory holds slices of A and B meanwhile; all threads are done with them at the end.
    /// </summary>
    static Block Multiply(ArrayView<float> memory, ProductArguments p, ArrayView<float> tile, int firstRow, int firstColumn)
    {
        var (x, y) = (Group.IdxX, Group.IdxY);
        // Neighbouring threads fetch neighbouring floats, whichever way the operand lies.
        var (aRow, aDepth, aRowStep, aDepthStep) = p.AColumn == 1 ? (y, x, Side, 0) : (y % 4 * Side + x, y / 4, 0, 4);
        var (bColumn, bDepth, bColumnStep, bDepthStep) = p.BColumn == 1 ? (y % 4 * Side + x, y / 4, 0, 4) : (y, x, Side, 0);
        var a0 = p.A + Math.Min(firstRow + aRow, p.M - 1) * p.ARow;
        var a1 = p.A + Math.Min(firstRow + aRow + aRowStep, p.M - 1) * p.ARow;
        var a2 = p.A + Math.Min(firstRow + aRow + 2 * aRowStep, p.M - 1) * p.ARow;
        var a3 = p.A + Math.Min(firstRow + aRow + 3 * aRowStep, p.M - 1) * p.ARow;
        var b0 = p.B + Math.Min(firstColumn + bColumn, p.N - 1) * p.BColumn;
        var b1 = p.B + Math.Min(firstColumn + bColumn + bColumnStep, p.N - 1) * p.BColumn;
        var b2 = p.B + Math.Min(firstColumn + bColumn + 2 * bColumnStep, p.N - 1) * p.BColumn;
        var b3 = p.B + Math.Min(firstColumn + bColumn + 3 * bColumnStep, p.N - 1) * p.BColumn;
        var (aSlot, aSlotStep) = (aDepth * MapTile.Stride + aRow, aDepthStep * MapTile.Stride + aRowStep);
        var (bSlot, bSlotStep) = (SliceFloats + bDepth * MapTile.Stride + bColumn, bDepthStep * MapTile.Stride + bColumnStep);
        Block c = default;
        for (var k = 0; k < p.K; k += Depth)
        {
            var slice = (k & Depth) / Depth * 2 * SliceFloats;
            var (aAt, bAt) = (k + aDepth, k + bDepth);
            tile[slice + aSlot] = Fetch(memory, a0, aAt, p.K, p.AColumn);
            tile[slice + aSlot + aSlotStep] = Fetch(memory, a1, aAt + aDepthStep, p.K, p.AColumn);
            tile[slice + aSlot + 2 * aSlotStep] = Fetch(memory, a2, aAt + 2 * aDepthStep, p.K, p.AColumn);
            tile[slice + aSlot + 3 * aSlotStep] = Fetch(memory, a3, aAt + 3 * aDepthStep, p.K, p.AColumn);
            tile[slice + bSlot] = Fetch(memory, b0, bAt, p.K, p.BRow);
            tile[slice + bSlot + bSlotStep] = Fetch(memory, b1, bAt + bDepthStep, p.K, p.BRow);
            tile[slice + bSlot + 2 * bSlotStep] = Fetch(memory, b2, bAt + 2 * bDepthStep, p.K, p.BRow);
            tile[slice + bSlot + 3 * bSlotStep] = Fetch(memory, b3, bAt + 3 * bDepthStep, p.K, p.BRow);
            Group.Barrier();
            var (a, b) = (slice + y, slice + SliceFloats + x);
            c = c.Plus(MultiplySlice(tile, a, b));
        }
        Group.Barrier();
        return c;
    }

    /// <summary>What a slice adds to the thread's elements.</summary>
    internal static Block MultiplySlice(ArrayView<float> tile, int a, int b)
    {
        // A sum of its own for each slice: the error grows with 16 terms and the slices, not with all terms.
        Block part = default;
        part = Accumulate(tile, a, b, part);
        part = Accumulate(tile, a + MapTile.Stride, b + MapTile.Stride, part);
        part = Accumulate(tile, a + 2 * MapTile.Stride, b + 2 * MapTile.Stride, part);
        part = Accumulate(tile, a + 3 * MapTile.Stride, b + 3 * MapTile.Stride, part);
        part = Accumulate(tile, a + 4 * MapTile.Stride, b + 4 * MapTile.Stride, part);
        part = Accumulate(tile, a + 5 * MapTile.Stride, b + 5 * MapTile.Stride, part);
        part = Accumulate(tile, a + 6 * MapTile.Stride, b + 6 * MapTile.Stride, part);
        part = Accumulate(tile, a + 7 * MapTile.Stride, b + 7 * MapTile.Stride, part);
        part = Accumulate(tile, a + 8 * MapTile.Stride, b + 8 * MapTile.Stride, part);
        part = Accumulate(tile, a + 9 * MapTile.Stride, b + 9 * MapTile.Stride, part);
        part = Accumulate(tile, a + 10 * MapTile.Stride, b + 10 * MapTile.Stride, part);
        part = Accumulate(tile, a + 11 * MapTile.Stride, b + 11 * MapTile.Stride, part);
        part = Accumulate(tile, a + 12 * MapTile.Stride, b + 12 * MapTile.Stride, part);
        part = Accumulate(tile, a + 13 * MapTile.Stride, b + 13 * MapTile.Stride, part);
        part = Accumulate(tile, a + 14 * MapTile.Stride, b + 14 * MapTile.Stride, part);
        part = Accumulate(tile, a + 15 * MapTile.Stride, b + 15 * MapTile.Stride, part);
        return part;
    }

    /// <summary>
    /// An element of an operand, or zero past the end of the summed axis: read from where it ends, so that no branch is needed.
    /// </summary>
    internal static float Fetch(ArrayView<float> memory, int line, int depth, int count, int stride)
    {
        var value = memory[line + Math.Min(depth, count - 1) * stride];
        return depth < count ? value : 0f;
    }

    /// <summary>One outer product of a column of A's slice and a row of B's.</summary>
    static Block Accumulate(ArrayView<float> tile, int a, int b, Block c)
    {
        var (a0, a1, a2, a3) = (tile[a], tile[a + Side], tile[a + 2 * Side], tile[a + 3 * Side]);
        var (b0, b1, b2, b3) = (tile[b], tile[b + Side], tile[b + 2 * Side], tile[b + 3 * Side]);
        c.C00 += a0 * b0;
        c.C01 += a0 * b1;
        c.C02 += a0 * b2;
        c.C03 += a0 * b3;
        c.C10 += a1 * b0;
        c.C11 += a1 * b1;
        c.C12 += a1 * b2;
        c.C13 += a1 * b3;
        c.C20 += a2 * b0;
        c.C21 += a2 * b1;
        c.C22 += a2 * b2;
        c.C23 += a2 * b3;
        c.C30 += a3 * b0;
        c.C31 += a3 * b1;
        c.C32 += a3 * b2;
        c.C33 += a3 * b3;
        return c;
    }

    /// <summary>The thread's elements into the tile, where the same thread will ask for them.</summary>
    internal static void Spread(ArrayView<float> tile, Block c)
    {
        var slot = Group.IdxY * MapTile.Stride + Group.IdxX;
        SpreadRow(tile, slot, c.C00, c.C01, c.C02, c.C03);
        SpreadRow(tile, slot + Side * MapTile.Stride, c.C10, c.C11, c.C12, c.C13);
        SpreadRow(tile, slot + 2 * Side * MapTile.Stride, c.C20, c.C21, c.C22, c.C23);
        SpreadRow(tile, slot + 3 * Side * MapTile.Stride, c.C30, c.C31, c.C32, c.C33);
    }

    static void SpreadRow(ArrayView<float> tile, int slot, float c0, float c1, float c2, float c3)
    {
        tile[slot] = c0;
        tile[slot + Side] = c1;
        tile[slot + 2 * Side] = c2;
        tile[slot + 3 * Side] = c3;
    }

    internal static void Store(ArrayView<float> memory, ProductArguments p, Block c, int firstRow, int firstColumn)
    {
        var (row, column) = (firstRow + Group.IdxY, firstColumn + Group.IdxX);
        StoreRow(memory, p, row, column, c.C00, c.C01, c.C02, c.C03);
        StoreRow(memory, p, row + Side, column, c.C10, c.C11, c.C12, c.C13);
        StoreRow(memory, p, row + 2 * Side, column, c.C20, c.C21, c.C22, c.C23);
        StoreRow(memory, p, row + 3 * Side, column, c.C30, c.C31, c.C32, c.C33);
    }

    static void StoreRow(ArrayView<float> memory, ProductArguments p, int row, int column, float c0, float c1, float c2, float c3)
    {
        if (row >= p.M) return;
        var at = p.C + row * p.CRow + column;
        if (column < p.N) memory[at] = c0;
        if (column + Side < p.N) memory[at + Side] = c1;
        if (column + 2 * Side < p.N) memory[at + 2 * Side] = c2;
        if (column + 3 * Side < p.N) memory[at + 3 * Side] = c3;
    }

    /// <summary>4 × 4 elements of C by name: registers, which an array would not be.</summary>
    internal struct Block
    {
        public float C00, C01, C02, C03;
        public float C10, C11, C12, C13;
        public float C20, C21, C22, C23;
        public float C30, C31, C32, C33;

        public readonly Block Plus(Block other)
        {
            var sum = this;
            sum.C00 += other.C00;
            sum.C01 += other.C01;
            sum.C02 += other.C02;
            sum.C03 += other.C03;
            sum.C10 += other.C10;
            sum.C11 += other.C11;
            sum.C12 += other.C12;
            sum.C13 += other.C13;
            sum.C20 += other.C20;
            sum.C21 += other.C21;
            sum.C22 += other.C22;
            sum.C23 += other.C23;
            sum.C30 += other.C30;
            sum.C31 += other.C31;
            sum.C32 += other.C32;
            sum.C33 += other.C33;
            return sum;
        }
    }
}
