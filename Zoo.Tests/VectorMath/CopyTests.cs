using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests;

public sealed unsafe class CopyTests
{
    // Dimensions, source strides, destination strides: plain, transposed inner axes, a slice, a broadcast, and one large enough to be shared.
    [Theory]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 60, 20, 5, 1 }, new[] { 60, 20, 5, 1 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 60, 20, 5, 1 }, new[] { 60, 20, 1, 4 })]
    [InlineData(new[] { 2, 3, 2, 3 }, new[] { 60, 20, 5, 1 }, new[] { 18, 6, 3, 1 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 0, 5, 0, 1 }, new[] { 60, 20, 5, 1 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 0, 5, 1, 0 }, new[] { 60, 20, 5, 1 })]
    [InlineData(new[] { 7, 11, 13, 23 }, new[] { 3289, 299, 23, 1 }, new[] { 299, 2093, 1, 13 })]
    [InlineData(new[] { 3, 0, 4, 5 }, new[] { 60, 20, 5, 1 }, new[] { 60, 20, 5, 1 })]
    public void EveryElementArrivesAndNothingElseMoves(int[] d, int[] s, int[] t)
    {
        int Extent(int[] strides) => d.Contains(0) ? 1 : 1 + Enumerable.Range(0, 4).Sum(i => (d[i] - 1) * strides[i]);
        float[] source = [.. Enumerable.Range(1, Extent(s)).Select(i => (float)i)];
        var expected = new float[Extent(t)];
        for (var i = 0; i < d[0]; i++)
            for (var j = 0; j < d[1]; j++)
                for (var k = 0; k < d[2]; k++)
                    for (var l = 0; l < d[3]; l++)
                        expected[i * t[0] + j * t[1] + k * t[2] + l * t[3]] = source[i * s[0] + j * s[1] + k * s[2] + l * s[3]];
        foreach (var workers in (int[])[1, 2, 3])
        {
            var actual = new float[expected.Length];
            fixed (float* from = source, to = actual)
                for (var w = 0; w < workers; w++)
                    Copy.Strided(
                        new Worker(w, workers, VectorWidth.Bits256), new(from), new(to),
                        d[0], d[1], d[2], d[3], s[0], s[1], s[2], s[3], t[0], t[1], t[2], t[3]);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void ANegativeDimensionIsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => Copy.Strided(new Worker(0, 1, VectorWidth.Scalar), default, default, 1, -2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0));
        Assert.Contains("1 × -2", error.Message, StringComparison.Ordinal);
    }
}
