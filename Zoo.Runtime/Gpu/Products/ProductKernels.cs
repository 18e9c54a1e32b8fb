using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// C = A·B by groups of 256 threads, each a tile of 64 × 64: a thread keeps 4 × 4 elements of C in registers and the group brings slices of A and B, 16
/// deep, through shared memory (Volkov and Demmel 2008). ILGPU 1.5.3 neither unrolls loops nor keeps arrays in registers, so both are done by hand.
/// </summary>
static class ProductKernels
{
    const int Side = 16;
    const int Depth = 16;

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

    /// <summary>The thread's 4 × 4 elements of C. The tile's memory holds the slices of A and B meanwhile; all threads are done with it at the end.</summary>
    static Block Multiply(ArrayView<float> memory, ProductArguments p, ArrayView<float> tile, int firstRow, int firstColumn)
    {
        var thread = Group.IdxX;
        var (x, y) = (thread % Side, thread / Side);
        // Neighbouring threads fetch neighbouring floats, whichever way the operand lies.
        var (aRow, aDepth, aRowStep, aDepthStep) = p.AColumn == 1 ? (thread / Depth, thread % Depth, Side, 0) : (thread % MapTile.Size, thread / MapTile.Size, 0, 4);
        var (bDepth, bColumn, bDepthStep, bColumnStep) = p.BColumn == 1 ? (thread / MapTile.Size, thread % MapTile.Size, 4, 0) : (thread % Depth, thread / Depth, 0, Side);
        Block c = default;
        for (var k = 0; k < p.K; k += Depth)
        {
            LoadA(memory, p, tile, firstRow, k, aRow, aDepth);
            LoadA(memory, p, tile, firstRow, k, aRow + aRowStep, aDepth + aDepthStep);
            LoadA(memory, p, tile, firstRow, k, aRow + 2 * aRowStep, aDepth + 2 * aDepthStep);
            LoadA(memory, p, tile, firstRow, k, aRow + 3 * aRowStep, aDepth + 3 * aDepthStep);
            LoadB(memory, p, tile, firstColumn, k, bDepth, bColumn);
            LoadB(memory, p, tile, firstColumn, k, bDepth + bDepthStep, bColumn + bColumnStep);
            LoadB(memory, p, tile, firstColumn, k, bDepth + 2 * bDepthStep, bColumn + 2 * bColumnStep);
            LoadB(memory, p, tile, firstColumn, k, bDepth + 3 * bDepthStep, bColumn + 3 * bColumnStep);
            Group.Barrier();
            c = Accumulate(tile, 0, x, y, c);
            c = Accumulate(tile, 1, x, y, c);
            c = Accumulate(tile, 2, x, y, c);
            c = Accumulate(tile, 3, x, y, c);
            c = Accumulate(tile, 4, x, y, c);
            c = Accumulate(tile, 5, x, y, c);
            c = Accumulate(tile, 6, x, y, c);
            c = Accumulate(tile, 7, x, y, c);
            c = Accumulate(tile, 8, x, y, c);
            c = Accumulate(tile, 9, x, y, c);
            c = Accumulate(tile, 10, x, y, c);
            c = Accumulate(tile, 11, x, y, c);
            c = Accumulate(tile, 12, x, y, c);
            c = Accumulate(tile, 13, x, y, c);
            c = Accumulate(tile, 14, x, y, c);
            c = Accumulate(tile, 15, x, y, c);
            Group.Barrier();
        }
        return c;
    }

    static void LoadA(ArrayView<float> memory, ProductArguments p, ArrayView<float> tile, int firstRow, int k, int row, int depth) =>
        tile[depth * MapTile.Stride + row] = firstRow + row < p.M && k + depth < p.K ? memory[p.A + (firstRow + row) * p.ARow + (k + depth) * p.AColumn] : 0f;

    static void LoadB(ArrayView<float> memory, ProductArguments p, ArrayView<float> tile, int firstColumn, int k, int depth, int column) =>
        tile[(Depth + depth) * MapTile.Stride + column] =
            firstColumn + column < p.N && k + depth < p.K ? memory[p.B + (k + depth) * p.BRow + (firstColumn + column) * p.BColumn] : 0f;

    /// <summary>One outer product of a column of A's slice and a row of B's.</summary>
    static Block Accumulate(ArrayView<float> tile, int depth, int x, int y, Block c)
    {
        var a = depth * MapTile.Stride + y;
        var b = (Depth + depth) * MapTile.Stride + x;
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
    static void Spread(ArrayView<float> tile, Block c)
    {
        var slot = Group.IdxX / Side * MapTile.Stride + Group.IdxX % Side;
        SpreadRow(tile, slot, c.C00, c.C01, c.C02, c.C03);
        SpreadRow(tile, slot + 16 * MapTile.Stride, c.C10, c.C11, c.C12, c.C13);
        SpreadRow(tile, slot + 32 * MapTile.Stride, c.C20, c.C21, c.C22, c.C23);
        SpreadRow(tile, slot + 48 * MapTile.Stride, c.C30, c.C31, c.C32, c.C33);
    }

    static void SpreadRow(ArrayView<float> tile, int slot, float c0, float c1, float c2, float c3)
    {
        tile[slot] = c0;
        tile[slot + Side] = c1;
        tile[slot + 2 * Side] = c2;
        tile[slot + 3 * Side] = c3;
    }

    static void Store(ArrayView<float> memory, ProductArguments p, Block c, int firstRow, int firstColumn)
    {
        var (row, column) = (firstRow + Group.IdxX / Side, firstColumn + Group.IdxX % Side);
        StoreRow(memory, p, row, column, c.C00, c.C01, c.C02, c.C03);
        StoreRow(memory, p, row + 16, column, c.C10, c.C11, c.C12, c.C13);
        StoreRow(memory, p, row + 32, column, c.C20, c.C21, c.C22, c.C23);
        StoreRow(memory, p, row + 48, column, c.C30, c.C31, c.C32, c.C33);
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
    struct Block
    {
        public float C00, C01, C02, C03;
        public float C10, C11, C12, C13;
        public float C20, C21, C22, C23;
        public float C30, C31, C32, C33;
    }
}
