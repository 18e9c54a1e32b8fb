using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Tests.Oracle;
using Xunit;

namespace Zoo.Tests.Differentiation;

/// <summary>At points without a derivative a convention decides: PyTorch's, so that replays agree.</summary>
public class KinkTests
{
    static readonly double[] AroundZero = [-1, 0, 2];

    static double[] Derivative(double[] x, Func<GraphBuilder, Node, Node> f)
    {
        var g = new GraphBuilder();
        var input = g.Input("x", TensorType.Batch(x.Length));
        return Interpreter.Evaluate(Gradients.Of(g, f(g, input), [input])[0], 1, new() { Inputs = { ["x"] = x } });
    }

    [Theory]
    [InlineData(Op.Relu, 0, 0, 1)]
    [InlineData(Op.Abs, -1, 0, 1)]
    [InlineData(Op.Sign, 0, 0, 0)]
    [InlineData(Op.Step, 0, 0, 0)]
    public void AtZero(Op op, double below, double at, double above) =>
        Assert.Equal([below, at, above], Derivative(AroundZero, (g, x) => g.Unary(op, x)));

    [Fact]
    public void ClampPassesAtItsEnds() => Assert.Equal([0, 1, 1, 1, 0], Derivative([-1.5, -1, 0, 2, 2.5], (g, x) => g.Clamp(x, -1, 2)));

    [Fact]
    public void LeakyReluHasItsSlopeAtZero() => Assert.Equal([0.25, 0.25, 1], Derivative(AroundZero, (g, x) => g.LeakyRelu(x, 0.25f)));

    [Fact]
    public void EluHasAlphaAtZero() => Assert.Equal([0.5 * Math.Exp(-1), 0.5, 1], Derivative(AroundZero, (g, x) => g.Elu(x, 0.5f)));

    [Theory]
    [InlineData(Op.Max, 0, 0.5, 1)]
    [InlineData(Op.Min, 1, 0.5, 0)]
    public void TiesOfTwoShare(Op op, double below, double tie, double above)
    {
        Assert.Equal([below, tie, above], Derivative([0, 1, 2], (g, x) => g.Binary(op, x, g.Constant(1))));
        Assert.Equal([below, tie, above], Derivative([0, 1, 2], (g, x) => g.Binary(op, g.Constant(1), x)));
    }

    [Fact]
    public void TiesOfManyShareInEqualParts() =>
        Assert.Equal([0, 1.0 / 3, 1.0 / 3, 0, 1.0 / 3], Derivative([1, 4, 4, -2, 4], (g, x) => g.ReduceMax(x)));

    [Fact]
    public void SelectFollowsItsCondition() =>
        Assert.Equal([3, 3, 2], Derivative(AroundZero, (g, x) => g.Select(g.Unary(Op.Step, x), g.Mul(x, 2), g.Mul(x, 3))));

    [Fact]
    public void ConditionsAndComparisonsHaveNone() =>
        Assert.Equal([0, 0, 0],
            Derivative(AroundZero, (g, x) => g.Add(g.Binary(Op.Greater, x, g.Constant(0)), g.Binary(Op.Equal, x, g.Constant(0)))));
}
