using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests;

public sealed unsafe class ReduceTests
{
    static readonly VectorWidth[] Widths = [VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 17, 1)]
    [InlineData(3, 1000, 1)]
    [InlineData(128, 784, 1)]
    [InlineData(1, 128, 784)]
    [InlineData(2, 33, 31)]
    [InlineData(5, 7, 3)]
    [InlineData(64, 49, 131)]
    [InlineData(0, 4, 4)]
    public void SumsAndMaximaAreRightOnAnyTeam(int outer, int middle, int inner)
    {
        var random = new Random(outer * 31 + middle * 7 + inner);
        var source = new float[outer * middle * inner];
        for (var i = 0; i < source.Length; i++) source[i] = (float)(random.NextDouble() * 2 - 1.3);
        foreach (var width in Widths)
        {
            var sum = Run(Reduce.Sum, source, outer, middle, inner, width, 1);
            var max = Run(Reduce.Max, source, outer, middle, inner, width, 1);
            for (var o = 0; o < outer; o++)
            {
                for (var i = 0; i < inner; i++)
                {
                    var (exact, magnitude, largest) = (0.0, 0.0, float.NegativeInfinity);
                    for (var m = 0; m < middle; m++)
                    {
                        var v = source[(o * middle + m) * inner + i];
                        (exact, magnitude, largest) = (exact + v, magnitude + Math.Abs(v), Math.Max(largest, v));
                    }
                    Assert.Equal(exact, sum[o * inner + i], 4e-7 * magnitude);
                    Assert.Equal(largest, max[o * inner + i]);
                }
            }
            foreach (var workers in (int[])[2, 3])
            {
                Assert.Equal(sum, Run(Reduce.Sum, source, outer, middle, inner, width, workers));
                Assert.Equal(max, Run(Reduce.Max, source, outer, middle, inner, width, workers));
            }
        }
    }

    [Fact]
    public void MaximaKeepNaN()
    {
        foreach (var width in Widths)
        {
            for (var at = 0; at < 70; at++)
            {
                var source = new float[70];
                source[at] = float.NaN;
                Assert.True(float.IsNaN(Run(Reduce.Max, source, 1, 70, 1, width, 1)[0]));
            }
        }
    }

    [Fact]
    public void AnEmptyAxisIsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Run(Reduce.Sum, [], 2, 0, 3, VectorWidth.Scalar, 1));
        Assert.Contains("2 × 0 × 3", error.Message, StringComparison.Ordinal);
    }

    delegate void Reduction(Worker worker, Floats source, Floats destination, int outer, int middle, int inner);

    static float[] Run(Reduction reduce, float[] source, int outer, int middle, int inner, VectorWidth width, int workers)
    {
        var result = new float[outer * inner];
        Array.Fill(result, float.NegativeZero);
        fixed (float* from = source)
        fixed (float* to = result)
            for (var i = 0; i < workers; i++) reduce(new Worker(i, workers, width), new(from), new(to), outer, middle, inner);
        return result;
    }
}
