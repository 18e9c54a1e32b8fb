using ILGPU;
using ILGPU.Runtime;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>Small products of an accelerator against double precision.</summary>
[Collection(PoclCollection.Name)]
public sealed class SmallProductKernelTests(PoclDevice pocl)
{
    [PoclTheory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 2, 5, 7)]
    [InlineData(2, 5, 33, 19)]
    [InlineData(70, 16, 17, 18)]
    [InlineData(4, 3, 2, 0)]
    [InlineData(0, 3, 2, 1)]
    [InlineData(2, 3, 0, 1)]
    public void EveryTranspositionIsRight(int count, int m, int n, int k)
    {
        const int guard = 3;
        var run = pocl.Load<SmallProductArguments>(SmallProductKernels.Multiply);
        var before = DeviceRun.Numbers(count * (m * k + k * n + m * n) + 4 * guard, 5);
        foreach (var (transposeA, transposeB) in ((int, int)[])[(0, 0), (1, 0), (0, 1), (1, 1)])
        {
            var b0 = 2 * guard + count * m * k;
            var at = new SmallProductArguments(guard, b0, b0 + count * k * n + guard, count, m, n, k, transposeA, transposeB);
            var after = DeviceRun.Over(pocl.Accelerator, before,
                (stream, memory) => run(stream, SmallProductKernels.Config(at), memory, at));
            DeviceRun.LeavesTheRest(before, after, (at.C, count * m * n));
            for (var i = 0; i < count * m * n; i++)
            {
                var (example, row, column) = (i / (m * n), i / n % m, i % n);
                var exact = 0.0;
                for (var l = 0; l < k; l++)
                {
                    var left = before[at.A + example * m * k + (transposeA == 1 ? l * m + row : row * k + l)];
                    exact += (double)left * before[at.B + example * k * n + (transposeB == 1 ? column * k + l : l * n + column)];
                }
                Assert.Equal(exact, after[at.C + i], 1e-5);
            }
        }
    }
}
