namespace Zoo.Tests.Metrics;

/// <summary>The aggregate posterior where it is known: one example, two that are far apart, many that make up the prior.</summary>
public sealed class AggregatePosteriorTests
{
    [Fact]
    public void OfOneExampleIsItsPosterior()
    {
        float[] mean = [0.5f, -1f], logVariance = [-0.4f, 0.3f];
        var one = AggregatePosterior.Of(mean, logVariance, 2);
        double[] variances = [Math.Exp(-0.4f), Math.Exp(0.3f)];
        var closed = 0.5 * (0.25 + variances[0] + 0.4f - 1 + 1 + variances[1] - 0.3f - 1);
        Assert.Equal(closed, one.MeanDivergence, 1e-6);
        var parts = one.Divergence(seed: 3, samples: 40_000);
        Assert.InRange(Math.Abs(parts.Divergence - closed), 0, 4 * parts.Deviation);
        Assert.InRange(parts.Deviation, 0.001, 0.02);
        Assert.InRange(Math.Abs(parts.Information), 0, 4 * parts.Deviation);
        Assert.Equal(variances, one.Variance.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(0, one.ActiveUnits());
        var log = -0.5 * (Math.Log(Math.Tau) * 2 - 0.4f + 0.3f + 0.25 / variances[0] + 1 / variances[1]);
        Assert.Equal(log, one.LogDensity([0, 0]), 1e-6);
    }

    /// <summary>A code tells which of two it is: log 2 nats.</summary>
    [Fact]
    public void OfTwoFarApartHasTheirInformation()
    {
        var two = AggregatePosterior.Of([4, 0, -4, 0], [-2, 0, -2, 0], 2);
        var parts = two.Divergence(seed: 1, samples: 20_000);
        Assert.Equal(Math.Log(2), parts.Information, 4 * parts.Deviation);
        Assert.Equal(two.MeanDivergence, parts.Divergence + parts.Information, 1e-9);
        // The second unit is the same for both.
        Assert.Equal([16.0, 0.0], two.MeanVariance.ToArray());
        Assert.Equal(1, two.ActiveUnits());
        Assert.Equal(2, two.ActiveUnits(threshold: -1));
        var codes = new float[2 * 10_000];
        two.Sample(5, codes);
        Assert.InRange(codes.Where((_, i) => i % 2 == 0).Count(c => c > 0), 4800, 5200);
        Assert.All(codes.Where((_, i) => i % 2 == 0), c => Assert.InRange(Math.Abs(c), 2, 6));
    }

    /// <summary>Means from N(0, ½) and variances ½ make up the prior: nothing is missed, and the rest is information.</summary>
    [Fact]
    public void ThatMakesUpThePriorMissesNothing()
    {
        var random = new System.Random(7);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
        const int count = 4000;
        float[] means = [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(0.5) * Normal()))];
        float[] logVariances = [.. Enumerable.Repeat((float)Math.Log(0.5), count)];
        var parts = AggregatePosterior.Of(means, logVariances, 1).Divergence(seed: 2, samples: 4000);
        Assert.InRange(parts.Divergence, -0.01, 0.02);
        // I(x; z) of a channel with equal powers of signal and noise: ½ log 2.
        Assert.Equal(0.5 * Math.Log(2), parts.Information, 0.03);
    }

    [Fact]
    public void WhatIsNoSetOfPosteriorsIsRefused()
    {
        Assert.Contains("codes of 2 numbers, got 3 values", Assert.Throws<ArgumentException>(
            () => AggregatePosterior.Of([1, 2, 3], [1, 2, 3], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("Expected 2 values, one for each of the means, got 1", Assert.Throws<ArgumentException>(
            () => AggregatePosterior.Of([1, 2], [1], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => AggregatePosterior.Of([], [], 2));
        Assert.Throws<ArgumentException>(() => AggregatePosterior.Of([1, float.NaN], [1, 2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => AggregatePosterior.Of([1], [1], 0));
        var one = AggregatePosterior.Of([1], [1], 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Divergence(1, 1));
        Assert.Throws<ArgumentException>(() => one.LogDensity([1, 2]));
    }
}
