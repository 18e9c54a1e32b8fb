using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Tests.Plans;

/// <summary>How maps are cut, on each target.</summary>
public class TilingTests
{
    /// <summary>The one program with kernels of a single root.</summary>
    static (MapKernel Map, IReadOnlyList<Kernel> Kernels) Cut(Func<GraphBuilder, Node> root, bool gpu)
    {
        var g = new GraphBuilder();
        var program = new ProgramGraph("Program", "a program", 100, new(["x", "y"]),
            new([(new ResultName(ResultKind.Output, "y"), root(g))]));
        var phase = new PhaseGraph("Step", 1, false, new([new OptimizerGraph("Adam", "", false, false, false)]), null, true, new([]));
        var storage = new Storage("p", new Shape(9000), new([]), new([0]));
        var identity = new ModelIdentity("", new([]), "M", "M", "partial", "Tests");
        var model = new ModelGraph(identity, 100, 100, new(["p"]), new([storage]), new([phase]), new([]), new([program]));
        var plan = Fuse.Run(model);
        var kernels = (gpu ? Partition.ForGpu(plan) : Partition.ForCpu(plan)).Programs[0].Kernels;
        return (kernels.OfType<MapKernel>().First(), kernels);
    }

    static Node Squares(GraphBuilder g, int width) => g.Unary(Op.Exp, g.Input("x", TensorType.Batch(width)));

    static Node OneRow(GraphBuilder g) => g.Unary(Op.Exp, g.Parameter("p", new Shape(9000)));

    /// <summary>What one tile sums whole needs no parts, no kernel that adds them, and no barrier before it.</summary>
    [Fact]
    public void AMapOfOneRowThatIsSummedIsOneTile()
    {
        var (map, kernels) = Cut(g => g.Sum(OneRow(g)), gpu: false);
        Assert.Equal((1, 1), (map.Blocks(100).Rows, map.Blocks(100).Columns));
        Assert.Same(map, Assert.Single(kernels));
    }

    [Fact]
    public void AMapOfOneRowWithoutSumsIsCutByColumns()
    {
        var (map, _) = Cut(OneRow, gpu: false);
        Assert.Equal((1, 2), (map.Blocks(100).Rows, map.Blocks(100).Columns));
    }

    [Fact]
    public void SmallMapsAreOneTileAndLargeOnesAreCutByRows()
    {
        Assert.Equal(1, Cut(g => Squares(g, 40), gpu: false).Map.Blocks(100).Rows);
        // A factor for each row keeps rows and columns apart.
        var (map, _) = Cut(g => g.Mul(Squares(g, 500), g.Input("y", TensorType.Batch(1))), gpu: false);
        Assert.Equal((Extent.Of(16), 7, 1), (map.RowsPerBlock, map.Blocks(100).Rows, map.Blocks(100).Columns));
    }

    [Fact]
    public void WhatAMapSumsDecidesItsStrategyOnAnAccelerator()
    {
        Assert.Equal(MapStrategy.Elements, Cut(g => Squares(g, 500), gpu: true).Map.Strategy);
        Assert.Equal(MapStrategy.Rows, Cut(g => g.Sum(Squares(g, 500)), gpu: true).Map.Strategy);
        Assert.Equal(MapStrategy.Tiles, Cut(g => g.SumRows(Squares(g, 500)), gpu: true).Map.Strategy);
        Assert.Equal(MapStrategy.Tiles, Cut(g => g.SumRows(Squares(g, 500)), gpu: false).Map.Strategy);
    }

    /// <summary>On the CPU too, where a tile may be as small as one row or one element.</summary>
    [Fact]
    public void OnTheCpuEveryMapRunsInTiles() =>
        Assert.Equal(MapStrategy.Tiles, Cut(g => g.Sum(Squares(g, 1)), gpu: false).Map.Strategy);
}
