namespace Zoo.Tests.Metrics;

public sealed class ModeCoverageTests
{
    const double Deviation = 0.5;

    static readonly float[] Square = [0, 0, 4, 0, 0, 4, 4, 4];

    // Distances from the nearest mode, in deviations: 1.118, 2.828, 3, 3.005, 1.118, 3.041, 5.657 (from the first), 2.828, 1.118, 1.414,
    // 3.5, 14.14.
    static readonly float[] Points =
        [0.25f, 0.5f, 1, 1, 1.5f, 0, 1.0625f, 1.0625f, 4.5f, -0.25f, 5.5f, 0.25f, 2, 2, 3, 3, -0.5f, 4.25f, 0.5f, 4.5f, 0, 5.75f, 9, 9];

    [Fact]
    public void Points_worked_out_elsewhere_give_the_same_counts_shares_and_divergence()
    {
        // By hand and with Python's math module: log 4 less the entropy of the shares 3/7, 1/7, 2/7, 1/7.
        var coverage = ModeCoverage.Measure(Points, Square, 2, Deviation);
        Assert.Equal([3, 1, 2, 1], coverage.Counts.ToArray());
        Assert.Equal((4, 4, 12, 7), (coverage.Modes, coverage.Found, coverage.Samples, coverage.HighQualitySamples));
        Assert.Equal(0.5833333333333334, coverage.HighQuality, 15);
        Assert.Equal(0.10926010165375155, coverage.ReverseDivergence, 14);
    }

    /// <summary>NumPy's distances (<c>references.py</c>).</summary>
    [Fact]
    public void Many_points_worked_out_elsewhere_give_the_same_counts_and_divergence()
    {
        var coverage = ModeCoverage.Measure(ReferenceRows.Of(20, 200, 2, 2), ReferenceRows.Of(19, 6, 2, 2), 2, 0.25);
        Assert.Equal([10, 13, 10, 23, 16, 13], coverage.Counts.ToArray());
        Assert.Equal(0.04579258539759514, coverage.ReverseDivergence, 14);
    }

    [Fact]
    public void All_points_in_one_mode_of_eight_diverge_by_log_8()
    {
        var modes = Enumerable.Range(0, 8).SelectMany(k => (float[])[k, 0, 0]).ToArray();
        var coverage = ModeCoverage.Measure(Enumerable.Repeat((float[])[5, 0, 0], 9).SelectMany(point => point).ToArray(), modes, 3, 0.01);
        Assert.Equal((1, 1.0), (coverage.Found, coverage.HighQuality));
        Assert.Equal(Math.Log(8), coverage.ReverseDivergence, 14);
    }

    [Fact]
    public void Points_far_from_all_modes_find_none_and_have_no_divergence()
    {
        var coverage = ModeCoverage.Measure([2, 2, -3, 7], Square, 2, Deviation);
        Assert.Equal((0, 0.0, 0), (coverage.Found, coverage.HighQuality, coverage.HighQualitySamples));
        Assert.Equal(double.NaN, coverage.ReverseDivergence);
    }

    [Fact]
    public void Random_points_agree_with_plain_arithmetic()
    {
        var random = new Random(5);
        var (modes, points) = (Values(7 * 3, 2), Values(500 * 3, 2.2));
        // For each point all distances, sorted; for the divergence the log of the number of modes less the entropy.
        var counts = new double[7];
        for (var i = 0; i < 500; i++)
        {
            var (distance, mode) = Enumerable.Range(0, 7).Select(k => (Distance: Math.Sqrt(Enumerable.Range(0, 3).Sum(j =>
                Math.Pow((double)points[3 * i + j] - modes[3 * k + j], 2))), k)).Order().First();
            if (distance / 0.3 <= 3) counts[mode]++;
        }
        var near = counts.Sum();
        Assert.InRange(near, 50, 450);
        var entropy = -counts.Where(count => count > 0).Sum(count => count / near * Math.Log(count / near));

        var coverage = ModeCoverage.Measure(points, modes, 3, 0.3);
        Assert.Equal(counts, coverage.Counts.ToArray().Select(count => (double)count));
        Assert.Equal(near / 500, coverage.HighQuality, 15);
        Assert.Equal(Math.Log(7) - entropy, coverage.ReverseDivergence, 12);

        float[] Values(int count, double size) =>
            [.. Enumerable.Range(0, count).Select(_ => (float)(size * (2 * random.NextDouble() - 1)))];
    }

    [Fact]
    public void The_mixture_itself_reaches_what_theory_says_of_it()
    {
        // In the plane 1 − e^(−9/2) lie within three deviations; the divergence of n points over k modes is about (k − 1) / 2n.
        const int count = 200_000;
        var random = new Random(11);
        var points = new float[2 * count];
        for (var i = 0; i < count; i++)
        {
            var (mode, angle) = (random.Next(4), Math.Tau * random.NextDouble());
            var radius = 0.05 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            points[2 * i] = (float)(Square[2 * mode] + radius * Math.Cos(angle));
            points[2 * i + 1] = (float)(Square[2 * mode + 1] + radius * Math.Sin(angle));
        }
        var coverage = ModeCoverage.Measure(points, Square, 2, 0.05);
        Assert.Equal(1 - Math.Exp(-4.5), coverage.HighQuality, 0.001);
        Assert.InRange(coverage.ReverseDivergence, 0, 1e-4);
    }

    [Fact]
    public void A_uniform_share_is_no_less_than_0() =>
        Assert.Equal(0, ModeCoverage.Measure([0, 1, 2], [0, 1, 2], 1, 0.1).ReverseDivergence);

    [Theory]
    [InlineData(new float[0], 2, 0.5, "samples", "Expected one or more points of 2 coordinates, got 0 values.")]
    [InlineData(new float[] { 1, 2, 3 }, 2, 0.5, "samples", "Expected one or more points of 2 coordinates, got 3 values.")]
    [InlineData(new[] { 1, float.NaN }, 2, 0.5, "samples", "Expected finite numbers, but value 1 of row 0 is NaN.")]
    [InlineData(new[] { 1, 2, float.PositiveInfinity, 3 }, 2, 0.5, "samples", "Expected finite numbers, but value 0 of row 1 is")]
    [InlineData(new float[] { 1, 2 }, 0, 0.5, "size", "Expected at least 1 coordinate of a point.")]
    [InlineData(new float[] { 1, 2 }, 2, 0.0, "deviation", "Expected a standard deviation above 0.")]
    [InlineData(new float[] { 1, 2 }, 2, double.NaN, "deviation", "Expected a standard deviation above 0.")]
    [InlineData(new float[] { 1, 2 }, 2, double.PositiveInfinity, "deviation", "Expected a standard deviation above 0.")]
    public void Bad_input_is_refused_and_named(float[] samples, int size, double deviation, string parameter, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => ModeCoverage.Measure(samples, Square, size, deviation));
        Assert.Equal(parameter, error.ParamName);
        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void Modes_are_checked_as_points_are()
    {
        var error = Assert.Throws<ArgumentException>(() => ModeCoverage.Measure([1, 2], [1, 2, 3], 2, 0.5));
        Assert.Equal("modes", error.ParamName);
        Assert.StartsWith("Expected one or more points of 2 coordinates, got 3 values.", error.Message);
    }
}
