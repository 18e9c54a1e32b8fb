using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Differentiation;

/// <summary>
/// The log-sum-exp r where elements are infinite, with its first and second derivatives as PyTorch has them: its gradient is s = exp(x −
/// r), and a vector u goes back through that as t − Σt·s with t = u·s. All in the arithmetic of infinities, so that a NaN stands where
/// theirs does.
/// </summary>
public sealed class InfiniteLogSumExpTests
{
    const double Inf = double.PositiveInfinity;

    public static TheoryData<double[]> Points =>
    [
        new[] { -Inf, -Inf, -Inf }, [-Inf], [-Inf, 2], [0.5, -Inf, -1], [Inf, 0], [Inf], [Inf, Inf, 1], [Inf, -Inf], [double.NaN, 1],
        [double.NaN, -Inf], [double.NaN, Inf], [1, 2, 3], [1e4, -1e4],
    ];

    [Theory]
    [MemberData(nameof(Points))]
    public void Value(double[] x) => Same([Reference(x)], Evaluate(x, (g, v) => g.LogSumExp(v)));

    [Theory]
    [MemberData(nameof(Points))]
    public void Gradient(double[] x)
    {
        var r = Reference(x);
        Same([.. x.Select(e => Math.Exp(e - r))], Evaluate(x, (g, v) => Gradients.Of(g, g.LogSumExp(v), [v])[0]));
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void SecondDerivatives(double[] x)
    {
        var r = Reference(x);
        for (var i = 0; i < x.Length; i++)
        {
            var row = i;
            double[] s = [.. x.Select(e => Math.Exp(e - r))];
            double[] t = [.. s.Select((e, j) => e * (i == j ? 1 : 0))];
            Same(
                [.. t.Select((e, j) => e - t.Sum() * s[j])],
                Evaluate(x, (g, v) => Gradients.Of(g, Element(g, Gradients.Of(g, g.LogSumExp(v), [v])[0], row), [v])[0]));
        }
    }

    /// <summary>What softmax has no value for stays so: PyTorch gives NaN there too.</summary>
    [Fact]
    public void SoftmaxAndItsLogarithm()
    {
        foreach (var x in (double[][])[[-Inf, -Inf], [Inf, 0], [Inf, Inf]])
        {
            Assert.All(Evaluate(x, (g, v) => g.Softmax(v)), e => Assert.True(double.IsNaN(e)));
            Assert.All(Evaluate(x, (g, v) => g.LogSoftmax(v)), e => Assert.True(double.IsNaN(e)));
        }
        Assert.Equal([0.0, 1.0], Evaluate([-Inf, 3], (g, v) => g.Softmax(v)));
        Assert.Equal([-Inf, 0.0], Evaluate([-Inf, 3], (g, v) => g.LogSoftmax(v)));
        Assert.Equal([0.0, 0.0], Evaluate([-Inf, 3], (g, v) => Gradients.Of(g, Element(g, g.Softmax(v), 1), [v])[0]));
        Assert.Equal([0.0, 0.0], Evaluate([-Inf, 3], (g, v) => Gradients.Of(g, Element(g, g.LogSoftmax(v), 1), [v])[0]));
    }

    static double Reference(double[] x)
    {
        var max = x.Any(double.IsNaN) ? double.NaN : x.Max();
        var shift = double.IsInfinity(max) ? 0 : max;
        return Math.Log(x.Sum(e => Math.Exp(e - shift))) + shift;
    }

    static Node Element(GraphBuilder g, Node x, int index) => g.Sum(g.Slice(x, 0, index, 1));

    static double[] Evaluate(double[] x, Func<GraphBuilder, Node, Node> build)
    {
        var g = new GraphBuilder();
        return Interpreter.Evaluate(build(g, g.Input("x", TensorType.Batch(x.Length))), 1, new() { Inputs = { ["x"] = x } });
    }

    static void Same(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= 1e-7 * (1 + Math.Abs(expected[i])),
                $"[{string.Join(", ", expected)}] expected, [{string.Join(", ", actual)}] came");
    }
}
