using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Graphs;

/// <summary>Closed forms of the distributions against quadrature and against their definitions, element by element.</summary>
public class DistributionTests
{
    static readonly double[] Means = [0.5, -1.25], LogVariances = [0.3, -1.1], Points = [1.5, -0.2];

    static double Density(double x, double mean, double logVariance) =>
        Math.Exp(-(x - mean) * (x - mean) / (2 * Math.Exp(logVariance))) / Math.Sqrt(2 * Math.PI * Math.Exp(logVariance));

    /// <summary>Constants are single precision.</summary>
    static void AssertNear(double expected, double actual) => Assert.Equal(expected, actual, 1e-6 * (1 + Math.Abs(expected)));

    static double Evaluate(Func<GraphBuilder, Node, Node, Node, Node> build)
    {
        var g = new GraphBuilder();
        var node = build(g, g.Input("mean", TensorType.Batch(2)), g.Input("log_variance", TensorType.Batch(2)),
            g.Input("x", TensorType.Batch(2)));
        return Assert.Single(Interpreter.Evaluate(node, 1,
            new() { Inputs = { ["mean"] = Means, ["log_variance"] = LogVariances, ["x"] = Points } }));
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0.5, 0, 0)]
    [InlineData(-2, -3, 0.5, 1)]
    [InlineData(0.5, 1.5, -1, -1)]
    [InlineData(3, -1, -0.5, 0.25)]
    public void DivergenceIsItsIntegral(double mean, double logVariance, double otherMean, double otherLogVariance)
    {
        var g = new GraphBuilder();
        Node Number(string name) => g.Input(name, TensorType.Batch(1));
        var divergence = new GaussianValue(Number("m1"), Number("s1")).Divergence(g, new(Number("m2"), Number("s2")));
        var closed = Interpreter.Evaluate(divergence, 1,
            new() { Inputs = { ["m1"] = [mean], ["s1"] = [logVariance], ["m2"] = [otherMean], ["s2"] = [otherLogVariance] } })[0];
        var width = 12 * Math.Exp(logVariance / 2);
        double LogRatio(double x) =>
            0.5
                * (otherLogVariance - logVariance + (x - otherMean) * (x - otherMean) / Math.Exp(otherLogVariance)
                    - (x - mean) * (x - mean) / Math.Exp(logVariance));
        AssertNear(Quadrature.Integrate(x => Density(x, mean, logVariance) * LogRatio(x), mean - width, mean + width), closed);
    }

    [Fact]
    public void DivergenceFromTheStandardGaussian() =>
        AssertNear(
            Enumerable.Range(0, 2).Sum(i => 0.5 * (Means[i] * Means[i] + Math.Exp(LogVariances[i]) - LogVariances[i] - 1)),
            Evaluate((g, mean, logVariance, _) => new GaussianValue(mean, logVariance).Divergence(g, GaussianValue.Standard(g, new(2)))));

    /// <summary>A log-variance of one element counts once for each element of the mean.</summary>
    [Fact]
    public void OneLogVarianceCountsForEveryElement()
    {
        double Total(Func<GaussianValue, GraphBuilder, Node, Node> f) =>
            Evaluate((g, mean, logVariance, x) => f(new(mean, g.Slice(logVariance, 0, 0, 1)), g, x));
        var (s, variance) = (LogVariances[0], Math.Exp(LogVariances[0]));
        AssertNear(2 * 0.5 * (1 + Math.Log(2 * Math.PI) + s), Total((q, g, _) => q.Entropy(g)));
        AssertNear(Means.Zip(Points).Sum(p => Math.Log(Density(p.Second, p.First, s))), Total((q, g, x) => q.LogProbability(g, x)));
        AssertNear(Means.Sum(m => 0.5 * (m * m + variance - s - 1)),
            Total((q, g, _) => q.Divergence(g, GaussianValue.Standard(g, new(2)))));
    }

    [Fact]
    public void GaussianLogProbability() =>
        AssertNear(Enumerable.Range(0, 2).Sum(i => Math.Log(Density(Points[i], Means[i], LogVariances[i]))),
            Evaluate((g, mean, logVariance, x) => new GaussianValue(mean, logVariance).LogProbability(g, x)));

    [Fact]
    public void GaussianEntropyIsItsIntegral() =>
        AssertNear(
            Means.Zip(LogVariances)
                .Sum(p => Quadrature.Integrate(x => Density(x, p.First, p.Second) is var d ? -d * Math.Log(d) : 0, p.First - 12,
                    p.First + 12)),
            Evaluate((g, mean, logVariance, _) => new GaussianValue(mean, logVariance).Entropy(g)));

    [Fact]
    public void Reparameterises() =>
        AssertNear(
            Enumerable.Range(0, 2).Sum(i => Means[i] + Math.Sqrt(Math.Exp(LogVariances[i])) * Points[i]),
            Evaluate((g, mean, logVariance, x) => g.Sum(new GaussianValue(mean, logVariance).Reparameterise(g, x))));

    static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));

    [Fact]
    public void BernoulliLogProbability()
    {
        double[] pixels = [1, 0.25];
        var g = new GraphBuilder();
        var node = new BernoulliValue(g.Input("logits", TensorType.Batch(2))).LogProbability(g, g.Input("x", TensorType.Batch(2)));
        var actual = Interpreter.Evaluate(node, 1, new() { Inputs = { ["logits"] = Means, ["x"] = pixels } })[0];
        AssertNear(Means.Zip(pixels)
            .Sum(p => p.Second * Math.Log(Probability(p.First)) + (1 - p.Second) * Math.Log(1 - Probability(p.First))), actual);
    }

    [Fact]
    public void BernoulliEntropy() =>
        AssertNear(
            Means.Select(Probability).Sum(p => -p * Math.Log(p) - (1 - p) * Math.Log(1 - p)),
            Evaluate((g, mean, _, _) => new BernoulliValue(mean).Entropy(g)));

    [Fact]
    public void BernoulliMean() => AssertNear(Means.Sum(Probability), Evaluate((g, mean, _, _) => g.Sum(new BernoulliValue(mean).Mean(g))));

    [Theory]
    [InlineData(1e4, 0, -1e4)]
    [InlineData(-1e4, 1, -1e4)]
    [InlineData(1e4, 1, 0)]
    public void BernoulliStaysFiniteFarOut(double logit, double x, double expected)
    {
        var g = new GraphBuilder();
        var node = new BernoulliValue(g.Input("logits", TensorType.Batch())).LogProbability(g, g.Input("x", TensorType.Batch()));
        AssertNear(expected, Interpreter.Evaluate(node, 1, new() { Inputs = { ["logits"] = [logit], ["x"] = [x] } })[0]);
    }
}
