namespace Zoo.Generators.Passes.Partitioning;

/// <summary>
/// What kernels for accelerators can hold: numbers of Zoo.Runtime, repeated here because the compiler plans with them. A test holds the
/// two together.
/// </summary>
public static class GpuLimits
{
    /// <summary>Rows and columns of a tile: <c>MapTile.Size</c>.</summary>
    public const int TileSize = 64;

    /// <summary>Sums of either kind that one map can feed: <c>MapSums.Most</c>.</summary>
    public const int Sums = 4;

    /// <summary>Buffers of a map whose places a launch gives: <c>MapOperands.Most</c>.</summary>
    public const int Operands = 16;

    /// <summary>
    /// Floats of a contiguous axis that one group adds up, 16 for each of 256 threads: <c>ReductionKernels.RowMiddlePerBlock</c>.
    /// </summary>
    public const int RowPerBlock = 4096;

    /// <summary>
    /// Rows that one group adds up column by column, 16 for each of 16 threads: <c>ReductionKernels.ColumnMiddlePerBlock</c>.
    /// </summary>
    public const int ColumnPerBlock = 256;

    /// <summary>Floats that an input begins at a multiple of: <c>InputRing.Alignment</c>.</summary>
    public const int InputAlignment = StorageLayout.Alignment;
}
