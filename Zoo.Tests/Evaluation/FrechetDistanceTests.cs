namespace Zoo.Tests.Metrics;

/// <summary>The distance and the moments it is of against NumPy and SciPy (<c>references.py</c>), and where it is known.</summary>
public sealed class FrechetDistanceTests
{
    static float[] First => ReferenceRows.Skewed(ReferenceRows.Of(1, 40, 5), 5);

    [Fact]
    public void Is_that_of_a_root_of_matrices()
    {
        var second = ReferenceRows.Skewed(ReferenceRows.Of(2, 30, 5, 0.5f, 0.25f), 5);
        Assert.Equal(0.9994265588045579, FrechetDistance.Between(First, second, 5), 1e-12);
        Assert.Equal(0.9994265588045579, FrechetDistance.Between(second, First, 5), 1e-12);
        Assert.Equal(0.07084788288981747,
            FrechetDistance.Between(ReferenceRows.Of(5, 9, 1), ReferenceRows.Of(6, 8, 1, 0.5f, 0.25f), 1), 1e-13);
        var (many, others) = (ReferenceRows.Of(7, 300, 64), ReferenceRows.Of(8, 200, 64, 0.5f, 0.25f));
        Assert.Equal(17.304046595044124,
            FrechetDistance.Between(ReferenceRows.Skewed(many, 64), ReferenceRows.Skewed(others, 64), 64), 1e-10);
    }

    /// <summary>Fewer rows than features: singular covariances, the reference by singular values of the rows.</summary>
    [Fact]
    public void Of_few_rows_is_that_of_singular_Gaussians()
    {
        var (few, fewer) = (ReferenceRows.Of(4, 7, 10, 0.5f, 0.25f), ReferenceRows.Of(3, 6, 10));
        Assert.Equal(3.4401944043401325, FrechetDistance.Between(few, fewer, 10), 1e-7);
        Assert.Equal(3.4401944043401325, FrechetDistance.Between(fewer, few, 10), 1e-7);
    }

    [Fact]
    public void Moments_are_those_of_numpy_however_the_rows_come()
    {
        var moments = new FeatureMoments(5);
        moments.Add(First.AsSpan(0, 15));
        moments.Add([]);
        moments.Add(First.AsSpan(15));
        double[] mean = [0.1702842593193054, 0.03866392225027084, -0.05488204210996628, -0.009497758746147156, -0.03698476105928421];
        double[] row = [0.30474684918918277, 0.14914674587879315, 0.07030334296034975, 0.05676455171033997, 0.025213378532229276];
        Assert.Equal(40, moments.Count);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(mean[i], moments.Mean[i], 1e-14);
            Assert.Equal(row[i], moments.Covariance()[i], 1e-14);
            Assert.Equal(row[i], moments.Covariance()[i * 5], 1e-14);
        }
        Assert.Equal(FeatureMoments.Of(First, 5).Covariance(), moments.Covariance());
    }

    /// <summary>Means far from 0 cost no digits: sums of squares would have lost all of them.</summary>
    [Fact]
    public void Of_moved_rows_is_the_square_of_the_way()
    {
        float[] rows = ReferenceRows.Of(9, 50, 4, 1024), moved = [.. rows.Select(value => value + 65536)];
        float[] back = [.. moved.Select(value => value - 65536)];
        Assert.Equal(4 * 65536.0 * 65536, FrechetDistance.Between(back, moved, 4), 1e-2);
        Assert.Equal(0, FrechetDistance.Between(First, First, 5), 1e-13);
        // Features that never change have no covariance at all.
        Assert.Equal(9 + 16, FrechetDistance.Between([1, 2, 1, 2, 1, 2], [4, 6, 4, 6], 2), 1e-12);
    }

    [Theory]
    [InlineData(new float[0], 2, "x", "Expected 2 or more rows of 2 features, got 0 values.")]
    [InlineData(new float[] { 1, 2 }, 2, "x", "Expected 2 or more rows of 2 features, got 2 values.")]
    [InlineData(new float[] { 1, 2, 3, 4, 5 }, 2, "x", "Expected 2 or more rows of 2 features, got 5 values.")]
    [InlineData(new[] { 1, 2, 3, float.NaN }, 2, "x", "Expected finite numbers, but value 1 of row 1 is NaN.")]
    [InlineData(new float[] { 1, 2, 3, 4 }, 0, "size", "Expected at least 1 feature of a row.")]
    public void Bad_rows_are_refused_and_named(float[] rows, int size, string parameter, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => FrechetDistance.Between(rows, [1, 2, 3, 4], size));
        Assert.Equal(parameter, error.ParamName);
        Assert.StartsWith(message, error.Message);
        if (size == 0) return;
        Assert.Equal("y", Assert.ThrowsAny<ArgumentException>(() => FrechetDistance.Between([1, 2, 3, 4], rows, size)).ParamName);
    }

    [Fact]
    public void Moments_that_cannot_be_compared_are_refused()
    {
        var (two, one) = (FeatureMoments.Of([1, 2, 3, 4], 2), FeatureMoments.Of([1, 2], 2));
        Assert.Contains("at least 2 rows, got 1", Assert.Throws<ArgumentException>(() => FrechetDistance.Between(one, two)).Message,
            StringComparison.Ordinal);
        Assert.Contains("Expected 2 features of a row, as the other set has, got 4",
            Assert.Throws<ArgumentException>(() => FrechetDistance.Between(two, FeatureMoments.Of(new float[8], 4))).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => one.Covariance());
        // What is refused leaves no trace.
        Assert.Throws<ArgumentException>(() => one.Add([5, 6, 7, float.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => one.Add([5]));
        Assert.Equal((1L, 1.0), (one.Count, one.Mean[0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureMoments(0));
    }
}
