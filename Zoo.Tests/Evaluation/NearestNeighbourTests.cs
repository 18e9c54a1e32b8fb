namespace Zoo.Tests.Metrics;

public sealed class NearestNeighbourTests
{
    static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }

    /// <summary>Sizes below, at and beyond one vector and one stride, on one thread and on three.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(50)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Random_rows_agree_with_all_distances_sorted(int size)
    {
        const int count = 120, asked = 70;
        var (examples, queries) = (Numbers(count * size, size), Numbers(asked * size, size + 1));
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i * i % 11)];
        int[] expected =
        [
            .. Enumerable.Range(0, asked).Select(q => Enumerable.Range(0, count).OrderBy(row => Enumerable.Range(0, size).Sum(i =>
                Math.Pow((double)queries[q * size + i] - examples[row * size + i], 2))).Select(row => labels[row]).First()),
        ];
        foreach (var threads in (int[])[1, 3])
        {
            var predicted = new int[asked];
            NearestNeighbour.Classify(examples, labels, queries, size, predicted, threads);
            Assert.Equal(expected, predicted);
            // Every third query has the label that is found.
            int[] given = [.. expected.Select((label, i) => i % 3 == 0 ? label : -1)];
            Assert.Equal(24.0 / 70, NearestNeighbour.Accuracy(examples, labels, queries, given, size, threads), 15);
        }
    }

    /// <summary>scikit-learn's classifier (<c>references.py</c>).</summary>
    [Fact]
    public void Labels_are_those_of_another_classifier()
    {
        int[] labels = [.. Enumerable.Range(0, 80).Select(i => i * i % 7)], predicted = new int[50];
        NearestNeighbour.Classify(ReferenceRows.Of(17, 80, 6), labels, ReferenceRows.Of(18, 50, 6), 6, predicted);
        Assert.Equal(
            [
                0, 0, 1, 4, 4, 1, 4, 4, 2, 2, 1, 4, 1, 4, 2, 0, 1, 0, 1, 1, 2, 2, 4, 1, 2,
                1, 0, 2, 2, 2, 0, 4, 2, 4, 4, 2, 2, 2, 4, 1, 1, 2, 4, 1, 2, 1, 4, 1, 2, 0,
            ], predicted);
    }

    [Fact]
    public void Of_equal_distances_the_first_counts()
    {
        var predicted = new int[2];
        NearestNeighbour.Classify(new float[] { 1, 3, 1 }, (int[])[5, 6, 7], new float[] { 2, 1 }, 1, predicted);
        Assert.Equal([5, 5], predicted);
    }

    [Fact]
    public void Examples_are_their_own_neighbours()
    {
        var rows = Numbers(40 * 13, 3);
        int[] labels = [.. Enumerable.Range(0, 40)];
        Assert.Equal(1, NearestNeighbour.Accuracy(rows, labels, rows, labels, 13, 2));
    }

    [Theory]
    [InlineData(0, 0, 1, 2, 1, "examples", "Expected at least one example, got none.")]
    [InlineData(5, 2, 1, 2, 1, "examples", "Expected 4 values (2 rows of 2, one for each label), but got 5.")]
    [InlineData(4, 2, 3, 2, 1, "queries", "Expected 2 values (1 rows of 2, one for each label), but got 3.")]
    [InlineData(4, 2, 2, 0, 1, "size", "size")]
    [InlineData(4, 2, 2, 2, 0, "threads", "threads")]
    [InlineData(-4, 2, 2, 2, 1, "examples", "Expected finite numbers, but value 1 of row 1 is NaN.")]
    public void Bad_input_is_refused_and_named(
        int examples, int labels, int queries, int size, int threads, string parameter, string message)
    {
        var rows = new float[Math.Abs(examples)];
        if (examples < 0) rows[^1] = float.NaN;
        var error = Assert.ThrowsAny<ArgumentException>(() =>
            NearestNeighbour.Accuracy(rows, new int[labels], new float[queries], new int[1], size, threads));
        Assert.Equal(parameter, error.ParamName);
        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void No_query_has_no_accuracy()
    {
        var error = Assert.Throws<ArgumentException>(() => NearestNeighbour.Accuracy(new float[2], new int[1], new float[0], [], 2));
        Assert.StartsWith("Expected at least one query, got none.", error.Message);
    }
}
