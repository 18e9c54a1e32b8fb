using Xunit;
using Zoo.Benchmarks.References;
using Zoo.Runtime;

namespace Zoo.Tests;

public sealed unsafe class DrawsTests
{
    delegate void Draw(
        Worker worker, Floats destination, int rows, int columns, int rowStride, ulong key, long step, int iteration, long firstRow);

    static readonly ulong Key = Philox.DrawKey(7, "epsilon");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(128, 20)]
    [InlineData(61, 131)]
    public void WidthsAndThreadsGiveTheBitsOfTheScalarFormula(int rows, int columns)
    {
        (VectorWidth, int)[] teams =
        [
            (VectorWidth.Scalar, 1), (VectorWidth.Bits128, 2), (VectorWidth.Bits256, 1), (VectorWidth.Bits256, 3),
            (VectorWidth.Bits512, 1), (VectorWidth.Bits512, 2),
        ];
        foreach (var (width, count) in teams)
        {
            var stride = columns + 3;
            var normal = Run(Draws.Normal, rows, columns, stride, width, count, 1L << 33 | 9, 2, 1000);
            var uniform = Run(Draws.Uniform, rows, columns, stride, width, count, 1L << 33 | 9, 2, 1000);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < stride; column++)
                {
                    var i = row * stride + column;
                    if (column >= columns)
                    {
                        // What lies between the rows is not touched.
                        Assert.True(float.IsNaN(normal[i]) && float.IsNaN(uniform[i]));
                        continue;
                    }
                    Assert.Equal(Bits(Philox.Normal(Key, 1L << 33 | 9, 2, 1000 + row, column)), Bits(normal[i]));
                    Assert.Equal(Bits(Philox.Uniform(Key, 1L << 33 | 9, 2, 1000 + row, column)), Bits(uniform[i]));
                }
            }
        }
    }

    [Fact]
    public void TwoShardsDrawWhatOneWholeDraws()
    {
        foreach (var draw in (Draw[])[Draws.Normal, Draws.Uniform, Draws.OneHot])
        {
            var whole = Run(draw, 128, 50, 50, VectorWidth.Bits256, 2, 3, 0, 0);
            var first = Run(draw, 64, 50, 50, VectorWidth.Bits256, 1, 3, 0, 0);
            var second = Run(draw, 64, 50, 50, VectorWidth.Bits128, 1, 3, 0, 64);
            Assert.Equal(whole, first.Concat(second));
        }
    }

    [Fact]
    public void NormalsHaveTheMomentsAndTheShapeOfTheNormalLaw()
    {
        var x = Run(Draws.Normal, 1000, 1000, 1000, VectorWidth.Bits256, 1, 0, 0, 0);
        var (mean, variance, skew, kurtosis) = (0.0, 0.0, 0.0, 0.0);
        foreach (var v in x)
            (mean, variance, skew, kurtosis) = (mean + v, variance + (double)v * v, skew + Math.Pow(v, 3), kurtosis + Math.Pow(v, 4));
        // Standard errors over 10⁶ draws: 0.001, √2/1000, √15/1000, √96/1000; five of each.
        Assert.InRange(mean / 1e6, -0.005, 0.005);
        Assert.InRange(variance / 1e6, 1 - 0.0071, 1 + 0.0071);
        Assert.InRange(skew / 1e6, -0.0194, 0.0194);
        Assert.InRange(kurtosis / 1e6, 3 - 0.049, 3 + 0.049);
        Assert.All(x, v => Assert.True(Math.Abs(v) < 5.78));

        // 64 cells of equal probability: Φ(v) is ½ + ½ erf(v/√2).
        var cells = new int[64];
        foreach (var v in x) cells[Math.Min(63, (int)(64 * (0.5 + 0.5 * DoubleFunctions.Erf(v / Math.Sqrt(2)))))]++;
        IsUniform(cells, 1_000_000);
    }

    [Fact]
    public void UniformsFillTheUnitInterval()
    {
        var x = Run(Draws.Uniform, 1000, 1000, 1000, VectorWidth.Bits512, 1, 0, 0, 0);
        var cells = new int[256];
        var pairs = new int[256];
        for (var i = 0; i < x.Length; i++)
        {
            Assert.InRange(x[i], 0f, 0.99999997f);
            cells[(int)(x[i] * 256)]++;
            // Neighbours in a row, and the same column of the next row, fall independently.
            if (i % 2 == 0) pairs[(int)(x[i] * 16) * 16 + (int)(x[i + 1] * 16)]++;
            else pairs[(int)(x[i] * 16) * 16 + (int)(x[(i + 1000) % x.Length] * 16)]++;
        }
        IsUniform(cells, x.Length);
        IsUniform(pairs, x.Length);
    }

    [Fact]
    public void OneHotRowsHaveOneClassEach()
    {
        var x = Run(Draws.OneHot, 10_000, 10, 11, VectorWidth.Bits256, 2, 4, 0, 5);
        var counts = new int[10];
        for (var row = 0; row < 10_000; row++)
        {
            var values = x.AsSpan(row * 11, 10);
            var set = values.IndexOf(1f);
            Assert.Equal(set, Philox.Class(Key, 4, 0, 5 + row, 10));
            Assert.Equal(9, values.Count(0f));
            counts[set]++;
        }
        IsUniform(counts, 10_000);
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Draws.OneHot, 2, 0, 1, VectorWidth.Scalar, 1, 0, 0, 0));
    }

    // Chi-square against equal cells, six standard deviations: deterministic, so it passes always or never.
    static void IsUniform(int[] cells, int total)
    {
        var expected = (double)total / cells.Length;
        var chi = cells.Sum(c => (c - expected) * (c - expected) / expected);
        var freedom = cells.Length - 1;
        Assert.InRange(chi, freedom - 6 * Math.Sqrt(2 * freedom), freedom + 6 * Math.Sqrt(2 * freedom));
    }

    static float[] Run(
        Draw draw, int rows, int columns, int rowStride, VectorWidth width, int workers, long step, int iteration, long firstRow)
    {
        var result = new float[rows * rowStride];
        Array.Fill(result, float.NaN);
        fixed (float* p = result)
            for (var i = 0; i < workers; i++)
                draw(new Worker(i, workers, width), new(p), rows, columns, rowStride, Key, step, iteration, firstRow);
        return result;
    }

    static uint Bits(float x) => BitConverter.SingleToUInt32Bits(x);
}
