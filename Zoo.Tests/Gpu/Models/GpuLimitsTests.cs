using Zoo.Generators.Passes.Partitioning;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>Numbers that the compiler and the runtime must have in common, since neither can see the other.</summary>
public sealed class GpuLimitsTests
{
    [Fact]
    public void TheCompilerAndTheRuntimeCutAlike()
    {
        Assert.Equal(MapTile.Size, GpuLimits.TileSize);
        Assert.Equal(MapSums.Most, GpuLimits.Sums);
        Assert.Equal(MapOperands.Most, GpuLimits.Operands);
        Assert.Equal(ReductionKernels.RowMiddlePerBlock, GpuLimits.RowPerBlock);
        Assert.Equal(ReductionKernels.ColumnMiddlePerBlock, GpuLimits.ColumnPerBlock);
        Assert.Equal(InputRing.Alignment, GpuLimits.InputAlignment);
    }
}
