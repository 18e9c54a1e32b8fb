namespace Zoo.Tests.Metrics;

/// <summary>The four measures against scikit-learn's neighbours (<c>references.py</c>), by hand, and at their ends.</summary>
public sealed class FidelityAndDiversityTests
{
    /// <summary>More rows than a block has, and counts that it does not divide.</summary>
    [Theory]
    [InlineData(1, 0.8428571428571429, 0.1111111111111111, 1.3857142857142857, 0.25555555555555554)]
    [InlineData(3, 0.9857142857142858, 0.32222222222222224, 1.1333333333333333, 0.4)]
    [InlineData(5, 1.0, 0.35555555555555557, 1.217142857142857, 0.5111111111111111)]
    [InlineData(10, 1.0, 0.4444444444444444, 1.2757142857142858, 0.7)]
    public void Are_those_of_all_neighbours(int neighbours, double precision, double recall, double density, double coverage)
    {
        var (data, generated) = (ReferenceRows.Of(11, 90, 3), ReferenceRows.Of(12, 70, 3, 0.5f, 0.25f));
        Close(new(precision, recall, density, coverage), FidelityAndDiversity.Measure(data, generated, 3, neighbours));
        Assert.Equal(FidelityAndDiversity.Measure(data, generated, 3, neighbours),
            FidelityAndDiversity.Measure(data, generated, 3, neighbours, threads: 3));
    }

    /// <summary>Rows that are longer than what is added up between two looks at a ball's edge.</summary>
    [Fact]
    public void Are_those_of_all_neighbours_of_long_rows() =>
        Close(new(0.8923076923076924, 0.9166666666666666, 0.9461538461538461, 1),
            FidelityAndDiversity.Measure(ReferenceRows.Of(13, 60, 70), ReferenceRows.Of(14, 130, 70), 70, 4, threads: 2));

    /// <summary>0 and 1 reach 1 far, 2 and 5 reach 3 far: 2 lies on the edge of the ball around 1.</summary>
    [Fact]
    public void An_edge_belongs_to_its_ball() =>
        Close(new(0.5, 1, 0.5, 0.5), FidelityAndDiversity.Measure(new float[] { 0, 1 }, new float[] { 2, 5 }, 1, 1));

    /// <summary>What reaches the edge before the last coordinate is added is beyond it all the same.</summary>
    [Fact]
    public void An_edge_is_not_settled_before_all_is_added()
    {
        float[] Row(float first, float last) => [first, .. new float[63], last];
        float[] data = [.. Row(0, 0), .. Row(2, 0)], generated = [.. Row(-2, 1), .. Row(-2, 1.5f)];
        Close(default, FidelityAndDiversity.Measure(data, generated, 65, 1));
    }

    [Fact]
    public void Equal_sets_have_all_and_distant_ones_nothing()
    {
        var data = ReferenceRows.Of(5, 100, 4);
        var (same, far) = (FidelityAndDiversity.Measure(data, data, 4, 5), ReferenceRows.Of(6, 100, 4, 1, 100));
        Assert.Equal((1.0, 1.0, 1.0), (same.Precision, same.Recall, same.Coverage));
        // Every row is in its own ball, and in that of those of which it is one of the five nearest.
        Assert.Equal(6.0 / 5, same.Density, 12);
        Close(default, FidelityAndDiversity.Measure(data, far, 4, 5));
        // Of copies of one row every ball is a point.
        Close(new(1, 1, 3.0 / 2, 1), FidelityAndDiversity.Measure(new float[] { 7, 7, 7 }, new float[] { 7, 7, 7 }, 1, 2));
    }

    /// <summary>Of a second sample of one law: 1 − (N − 1)…(N − k) / (2N − 1)…(2N − k) is covered (Naeem et al. 2020, lemma 2).</summary>
    [Fact]
    public void A_second_sample_covers_what_theory_says_of_it()
    {
        const int count = 1000, k = 3;
        var found = FidelityAndDiversity.Measure(ReferenceRows.Of(1, count, 2), ReferenceRows.Of(77, count, 2), 2, k, threads: 2);
        var missed = Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (count - i) / (2.0 * count - i));
        Assert.Equal(1 - missed, found.Coverage, 0.04);
        Assert.Equal(1, found.Density, 0.06);
    }

    [Theory]
    [InlineData(new float[0], 2, 1, 1, "data", "Expected one or more rows of 2 features, got 0 values.")]
    [InlineData(new float[] { 1, 2, 3 }, 2, 1, 1, "data", "Expected one or more rows of 2 features, got 3 values.")]
    [InlineData(new[] { 1, 2, float.NaN, 4 }, 2, 1, 1, "data", "Expected finite numbers, but value 0 of row 1 is NaN.")]
    [InlineData(new float[] { 1, 2, 3, 4 }, 0, 1, 1, "size", "Expected at least 1 feature of a row.")]
    [InlineData(new float[] { 1, 2, 3, 4 }, 2, 0, 1, "neighbours", "Expected 1 to 1 neighbours, as the smaller set has 2 rows.")]
    [InlineData(new float[] { 1, 2, 3, 4 }, 2, 2, 1, "neighbours", "Expected 1 to 1 neighbours, as the smaller set has 2 rows.")]
    [InlineData(new float[] { 1, 2 }, 2, 1, 1, "neighbours", "Expected 1 to 0 neighbours, as the smaller set has 1 rows.")]
    [InlineData(new float[] { 1, 2, 3, 4 }, 2, 1, 0, "threads", "threads")]
    [InlineData(new[] { 1, 2, 3e30f, 4 }, 2, 1, 1, "data", "Expected rows whose squared distances are finite, but those of row 0 are not")]
    public void Bad_input_is_refused_and_named(float[] rows, int size, int neighbours, int threads, string parameter, string message)
    {
        var good = ReferenceRows.Of(1, 6, 2);
        var error = Assert.ThrowsAny<ArgumentException>(() => FidelityAndDiversity.Measure(rows, good, size, neighbours, threads));
        Assert.Equal(parameter, error.ParamName);
        Assert.StartsWith(message, error.Message);
        if (parameter == "data")
            Assert.Equal("generated", Assert.ThrowsAny<ArgumentException>(
                () => FidelityAndDiversity.Measure(good, rows, size, neighbours, threads)).ParamName);
    }

    static void Close(FidelityAndDiversity expected, FidelityAndDiversity actual)
    {
        Assert.Equal(expected.Precision, actual.Precision, 1e-12);
        Assert.Equal(expected.Recall, actual.Recall, 1e-12);
        Assert.Equal(expected.Density, actual.Density, 1e-12);
        Assert.Equal(expected.Coverage, actual.Coverage, 1e-12);
    }
}
