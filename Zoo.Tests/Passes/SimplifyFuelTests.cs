using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;

namespace Zoo.Tests.Passes;

/// <summary>Rules that undo each other are a fault that names one of them, not a compiler that hangs.</summary>
public class SimplifyFuelTests
{
    static Node? SwapsAtOnce(GraphBuilder g, Node node) => node is { Op: Op.Add, Inputs: [var x, var y] } ? g.Add(y, x) : null;

    static Node? NegativeFirst(GraphBuilder g, Node node) =>
        node is { Op: Op.Add, Inputs: [{ Op: Op.Input } x, { Op: Op.Neg } y] } ? g.Unary(Op.Abs, g.Add(y, x)) : null;

    static Node? NegativeLast(GraphBuilder g, Node node) =>
        node is { Op: Op.Add, Inputs: [{ Op: Op.Neg } y, { Op: Op.Input } x] } ? g.Unary(Op.Abs, g.Add(x, y)) : null;

    static Node? AbsOfAbs(GraphBuilder g, Node node) => node is { Op: Op.Abs, Inputs: [{ Op: Op.Abs } inner] } ? inner : null;

    static Roots<string> Sum()
    {
        var g = new GraphBuilder();
        var (x, y) = (g.Input("x", TensorType.Batch(4)), g.Input("y", TensorType.Batch(4)));
        return new([("sum", g.Add(x, g.Neg(y)))]);
    }

    [Fact]
    public void OneNodeRewrittenForEver() =>
        Assert.Contains(nameof(SwapsAtOnce), Assert.Throws<InvalidOperationException>(() => Simplify.Run(Sum(), 0, [SwapsAtOnce])).Message);

    /// <summary>Each round does one step, since the new sum lies inside another node.</summary>
    [Fact]
    public void TwoRulesUndoEachOtherFromRoundToRound()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Simplify.Run(Sum(), 0, [NegativeFirst, NegativeLast, AbsOfAbs]));
        Assert.Matches("NegativeFirst|NegativeLast|AbsOfAbs", fault.Message);
    }
}
