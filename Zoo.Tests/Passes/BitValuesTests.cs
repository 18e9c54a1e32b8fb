using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Tests.Passes;

/// <summary>Which products may be by zeros and ones, after fusion; and which of them the tiling leaves so.</summary>
public class BitValuesTests
{
    const int Width = 80, Columns = 90;

    static readonly TensorType Rows = TensorType.Batch(Width);

    /// <summary>Whether each product of a program is by bits, in the order of its outputs.</summary>
    static bool[] OfBits(
        Func<GraphBuilder, (ResultName, Node)[]> results, int rows = 100, bool unit = false, bool tiled = false)
    {
        var g = new GraphBuilder();
        var program = new ProgramGraph("Program", "a program", rows, new(["x"]), new(results(g)));
        var phase = new PhaseGraph("Step", 1, false, new([new OptimizerGraph("Adam", "", false, false, false)]), null, true, new([]));
        var storage = new Storage("w", new Shape(Width, Columns), new([]), new([0]));
        var identity = new ModelIdentity("", new([]), "M", "M", "partial", "Tests");
        var batch = Math.Max(rows, 100);
        var model = new ModelGraph(identity, batch, batch, new(["w"]), new([storage]), new([phase]), new([]), new([program]))
        {
            HasUnitExamples = unit,
        };
        var plan = Fuse.Run(model);
        if (tiled) plan = Partition.ForCpu(plan);
        return [.. plan.Programs[0].Kernels.OfType<ProductKernel>().Select(p => p.OfBits)];
    }

    static Node Input(GraphBuilder g) => g.Input("x", Rows);

    static Node Sample(GraphBuilder g) => g.Binary(Op.Greater, Input(g), g.Constant(0.5f, Rows));

    static (ResultName, Node) Product(GraphBuilder g, Node a, string name = "y") =>
        (new(ResultKind.Output, name), g.MatMul(a, g.Parameter("w", new(Width, Columns))));

    static (ResultName, Node) Hand(string name, Node value) => (new(ResultKind.Carried, name), value);

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public void SamplesAreBits(int rows)
    {
        Assert.Equal([true], OfBits(g => [Product(g, Sample(g))], rows));
        Assert.Equal([false], OfBits(g => [Product(g, g.Unary(Op.Exp, Input(g)))], rows));
    }

    /// <summary>A row's own result may not depend on what other rows are.</summary>
    [Fact]
    public void ExamplesMayBeInATrainingBatchAlone()
    {
        Assert.Equal([true], OfBits(g => [Product(g, Input(g))], 100, unit: true));
        Assert.Equal([false], OfBits(g => [Product(g, Input(g))], 0, unit: true));
        Assert.Equal([false], OfBits(g => [Product(g, Input(g))], 100));
    }

    [Fact]
    public void WhatIsHandedOnIsWhatEveryProgramHandsOn()
    {
        Assert.Equal([true], OfBits(g => [Product(g, g.Carried("chain", Rows)), Hand("chain", Sample(g))]));
        Assert.Equal([false], OfBits(g => [Product(g, g.Carried("chain", Rows)), Hand("chain", g.Unary(Op.Exp, Input(g)))]));
    }

    /// <summary>b is bits only if a is, and a is not, which is seen after b was asked.</summary>
    [Fact]
    public void ValuesThatHandEachOtherOnAreNoBitsIfOneOfThemIsNot()
    {
        (ResultName, Node)[] Handing(GraphBuilder g, Node rest)
        {
            Node a = g.Carried("a", Rows), b = g.Carried("b", Rows);
            var next = g.Concat(0, g.Slice(b, 0, 0, Width / 2), g.Slice(rest, 0, 0, Width / 2));
            return [Product(g, a), Product(g, b, "z"), Hand("a", next), Hand("b", a)];
        }
        Assert.Equal([true, true], OfBits(g => Handing(g, Sample(g))));
        Assert.Equal([false, false], OfBits(g => Handing(g, g.Unary(Op.Exp, Input(g)))));
    }

    /// <summary>For as many rows as there can be: fewer may not add up in another order.</summary>
    [Fact]
    public void TheTilingLeavesThoseThatPayAndFit()
    {
        Assert.Equal([true], OfBits(g => [Product(g, Sample(g))], tiled: true));
        Assert.Equal([false], OfBits(g => [Product(g, Sample(g))], 20, tiled: true));
        Assert.Equal([true], OfBits(g => [Product(g, Sample(g))], 29_000, tiled: true));
        Assert.Equal([false], OfBits(g => [Product(g, Sample(g))], 30_000, tiled: true));
    }
}
