using Xunit;
using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Graphs;

/// <summary>Composites against the formulas that define them, and where those overflow.</summary>
public class CompositeTests
{
    static readonly double[] Points = [-3, -0.75, 0, 0.5, 1.25, 4];

    static double[] Evaluate(double[] x, Func<GraphBuilder, Node, Node> build)
    {
        var g = new GraphBuilder();
        return Interpreter.Evaluate(build(g, g.Input("x", TensorType.Batch(x.Length))), 1, new() { Inputs = { ["x"] = x } });
    }

    static void AssertNear(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-7 * (1 + Math.Abs(pair.First))));

    static readonly Dictionary<string, (Func<GraphBuilder, Node, Node> Build, Func<double, double> Formula)> Functions = new()
    {
        ["LeakyRelu"] = ((g, x) => g.LeakyRelu(x, 0.125f), x => x > 0 ? x : 0.125 * x),
        ["Elu"] = ((g, x) => g.Elu(x, 0.5f), x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1)),
        ["Gelu"] = ((g, x) => g.Gelu(x), x => x * NormalDistribution(x)),
        ["Silu"] = ((g, x) => g.Silu(x), x => x / (1 + Math.Exp(-x))),
        ["LogSigmoid"] = ((g, x) => g.LogSigmoid(x), x => -Math.Log(1 + Math.Exp(-x))),
    };

    public static IEnumerable<object[]> Names => Functions.Keys.Select(name => new object[] { name });

    /// <summary>∫ of the density by Simpson's rule: nothing of erf.</summary>
    static double NormalDistribution(double x) => Quadrature.Integrate(t => Math.Exp(-t * t / 2) / Math.Sqrt(2 * Math.PI), -12, x);

    [Theory]
    [MemberData(nameof(Names))]
    public void IsItsFormula(string name) => AssertNear(Points.Select(Functions[name].Formula), Evaluate(Points, Functions[name].Build));

    [Fact]
    public void Softmax() => AssertNear(Points.Select(x => Math.Exp(x) / Points.Sum(Math.Exp)), Evaluate(Points, (g, x) => g.Softmax(x)));

    [Fact]
    public void LogSoftmax() =>
        AssertNear(Points.Select(x => x - Math.Log(Points.Sum(Math.Exp))), Evaluate(Points, (g, x) => g.LogSoftmax(x)));

    [Fact]
    public void LogSumExp() => AssertNear([Math.Log(Points.Sum(Math.Exp))], Evaluate(Points, (g, x) => g.LogSumExp(x)));

    [Fact]
    public void SoftmaxIsOverTheLastAxisOnly() =>
        AssertNear([0.5, 0.5, 1 / (1 + Math.E), Math.E / (1 + Math.E)],
            Evaluate([7, 7, 1, 2], (g, x) => g.Softmax(g.Reshape(x, new(2, 2)))));

    [Fact]
    public void Normalise()
    {
        var mean = Points.Average();
        var variance = Points.Average(x => (x - mean) * (x - mean));
        AssertNear(Points.Select(x => (x - mean) / Math.Sqrt(variance + 0.25)), Evaluate(Points, (g, x) => g.Normalise(x, 0.25f)));
    }

    [Fact]
    public void MeanAndVariance()
    {
        AssertNear([Points.Average()], Evaluate(Points, (g, x) => g.Mean(x)));
        AssertNear([-1.875, 0.25, 2], Evaluate([-3, 0, 4, -0.75, 0.5, 0], (g, x) => g.Mean(g.Reshape(x, new(2, 3)), 0)));
        var g = new GraphBuilder();
        var x = g.Input("x", TensorType.Batch());
        AssertNear([2.25], Interpreter.Evaluate(g.VarianceRows(x), 2, new() { Inputs = { ["x"] = [1, 4] } }));
    }

    /// <summary>The formulas as written overflow at 10⁴ in either precision.</summary>
    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    public void StaysFiniteFarOut(double far)
    {
        double[] x = [far, far + 1, far - 2];
        var log = Math.Log(Math.Exp(0) + Math.Exp(1) + Math.Exp(-2));
        AssertNear([far + log], Evaluate(x, (g, v) => g.LogSumExp(v)));
        AssertNear([-log, 1 - log, -2 - log], Evaluate(x, (g, v) => g.LogSoftmax(v)));
        AssertNear([Math.Exp(-log), Math.Exp(1 - log), Math.Exp(-2 - log)], Evaluate(x, (g, v) => g.Softmax(v)));
        AssertNear([Math.Exp(-log), Math.Exp(1 - log), Math.Exp(-2 - log)], Evaluate(x, (g, v) => Gradients.Of(g, g.LogSumExp(v), [v])[0]));
        Assert.All(Functions.Values,
            f => Assert.All(Evaluate(x, f.Build).Concat(Evaluate(x, (g, v) => Gradients.Of(g, f.Build(g, v), [v])[0])),
                y => Assert.True(double.IsFinite(y))));
    }
}
