using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests;

public sealed unsafe class SmallProductTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 2, 5, 7)]
    [InlineData(2, 5, 33, 19)]
    [InlineData(70, 16, 17, 18)]
    [InlineData(4, 3, 2, 0)]
    public void EveryTranspositionIsRightOnAnyTeam(int count, int m, int n, int k)
    {
        var random = new Random(5);
        float[] Numbers(int length) => [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() * 2 - 1))];
        var a = Numbers(count * m * k);
        var b = Numbers(count * k * n);
        foreach (var width in (VectorWidth[])[VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512])
        {
            foreach (var (transposeA, transposeB) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
            {
                var c = Run(a, b, count, m, n, k, transposeA, transposeB, width, 1);
                for (var i = 0; i < count; i++)
                {
                    for (var row = 0; row < m; row++)
                    {
                        for (var column = 0; column < n; column++)
                        {
                            var exact = 0.0;
                            for (var l = 0; l < k; l++)
                            {
                                var left = a[i * m * k + (transposeA ? l * m + row : row * k + l)];
                                exact += (double)left * b[i * k * n + (transposeB ? column * k + l : l * n + column)];
                            }
                            Assert.Equal(exact, c[(i * m + row) * n + column], 1e-5);
                        }
                    }
                }
                Assert.Equal(c, Run(a, b, count, m, n, k, transposeA, transposeB, width, 3));
            }
        }
    }

    [Fact]
    public void ANegativeDimensionIsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => SmallProduct.Run(new Worker(0, 1, VectorWidth.Scalar), default, default, default, 1, 2, 3, -1, false, false));
        Assert.Contains("2 × -1", error.Message, StringComparison.Ordinal);
    }

    static float[] Run(
        float[] a, float[] b, int count, int m, int n, int k, bool transposeA, bool transposeB, VectorWidth width, int workers)
    {
        var c = new float[count * m * n];
        Array.Fill(c, float.NaN);
        fixed (float* pa = a, pb = b, pc = c)
            for (var i = 0; i < workers; i++)
                SmallProduct.Run(new Worker(i, workers, width), new(pa), new(pb), new(pc), count, m, n, k, transposeA, transposeB);
        return c;
    }
}
