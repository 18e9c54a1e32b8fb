namespace Zoo.Tests.Metrics;

/// <summary>The discrepancy against its sum written out, and against what it is for Gaussians by integrals.</summary>
public class MaximumMeanDiscrepancyTests
{
    [Fact]
    public void TwoPointsAndOneByHand()
    {
        // Points (0, 0) and (3, 4) against (0, 0): distances 0 and 5.
        double Kernel(double distance) => (Math.Exp(-distance * distance / 2) + Math.Exp(-distance * distance / 50)) / 2;
        var expected = (2 + 2 * Kernel(5)) / 4 + 1 - 2 * (1 + Kernel(5)) / 2;
        Assert.Equal(Math.Sqrt(expected), MaximumMeanDiscrepancy.Between([0, 0, 3, 4], [0, 0], 2, [1, 5]), 1e-12);
        Assert.Equal(0, MaximumMeanDiscrepancy.Between([0, 0, 3, 4], [3, 4, 0, 0], 2, [1, 5]), 1e-7);
    }

    /// <summary>scikit-learn's kernels (<c>references.py</c>).</summary>
    [Fact]
    public void SetsOfPointsHaveTheMeanOfAllKernels() =>
        Assert.Equal(0.4086705341519921, MaximumMeanDiscrepancy.Between(
            ReferenceRows.Of(15, 50, 3), ReferenceRows.Of(16, 40, 3, 0.5f, 0.25f), 3, [0.25, 0.5, 1, 2]), 1e-12);

    /// <summary>N(0, 1) and N(d, 1) under a kernel of width s: MMD² = 2·s/√(s² + 2)·(1 − e^(−d²/(2(s² + 2)))).</summary>
    [Fact]
    public void ShiftedGaussiansAreAsFarApartAsTheirLaws()
    {
        const int count = 2000;
        var random = new System.Random(3);
        float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        float[] x = [.. Enumerable.Range(0, count).Select(_ => Normal())], same = [.. Enumerable.Range(0, count).Select(_ => Normal())];
        float[] shifted = [.. Enumerable.Range(0, count).Select(_ => Normal() + 1)];
        var expected = Math.Sqrt(2 * 1.5 / Math.Sqrt(4.25) * (1 - Math.Exp(-1 / (2 * 4.25))));
        Assert.Equal(expected, MaximumMeanDiscrepancy.Between(x, shifted, 1, [1.5]), 0.03);
        // Of one law what is left is the sampling: about √(2/n).
        Assert.InRange(MaximumMeanDiscrepancy.Between(x, same, 1, [1.5]), 0, 2 / Math.Sqrt(count) * 1.5);
    }

    [Fact]
    public void WhatCannotBeComparedIsRefused()
    {
        Assert.Contains("got 3 numbers", Assert.Throws<ArgumentException>(
            () => MaximumMeanDiscrepancy.Between([1, 2, 3], [1, 2], 2, [1])).Message, StringComparison.Ordinal);
        Assert.Contains("got 0 numbers", Assert.Throws<ArgumentException>(
            () => MaximumMeanDiscrepancy.Between([1, 2], [], 2, [1])).Message, StringComparison.Ordinal);
        Assert.Contains("got 0", Assert.Throws<ArgumentException>(
            () => MaximumMeanDiscrepancy.Between([1], [1], 1, [0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MaximumMeanDiscrepancy.Between([1], [1], 1, []));
        Assert.Contains("value 1 of row 0 is NaN", Assert.Throws<ArgumentException>(
            () => MaximumMeanDiscrepancy.Between([1, 2], [1, float.NaN], 2, [1])).Message, StringComparison.Ordinal);
    }
}
