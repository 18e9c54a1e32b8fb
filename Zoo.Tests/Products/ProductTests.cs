using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests.Products;

/// <summary>
/// Every element must be the chain of fused multiply-adds over ascending k, bit for bit, at every width and with any number of workers.
/// </summary>
public sealed class ProductTests
{
    public static TheoryData<VectorWidth, int> Engines => new()
    {
        { VectorWidth.Bits512, 1 }, { VectorWidth.Bits256, 1 }, { VectorWidth.Bits128, 1 }, { VectorWidth.Scalar, 1 },
        { VectorWidth.Bits512, 3 }, { VectorWidth.Bits256, 2 },
    };

    [Theory, MemberData(nameof(Engines))]
    public void EverySmallSizeIsTheChain(VectorWidth width, int workers)
    {
        using var team = new Team(workers, width);
        var random = new Random(1);
        int[] sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15, 16, 17, 24, 31, 32, 33, 40];
        foreach (var m in sizes)
        {
            foreach (var n in sizes)
            {
                foreach (var k in (int[])[1, 2, 3, 5, 8, 17, 40]) Check(team, m, n, k, random.Next(2) == 0, random.Next(2) == 0, random);
            }
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public void SharedSizesAreTheChain(VectorWidth width, int workers)
    {
        using var team = new Team(workers, width);
        var random = new Random(2);
        foreach (var (m, n, k) in ((int, int, int)[])[(128, 40, 400), (128, 400, 20), (33, 401, 79), (130, 129, 65), (5, 300, 1100),
            (70, 66, 1030), (784, 48, 32)])
        {
            foreach (var (ta, tb) in ((bool, bool)[])[(false, false), (true, false), (false, true),
                (true, true)]) Check(team, m, n, k, ta, tb, random);
        }
    }

    [Theory]
    [InlineData(128, 400, 784)]
    [InlineData(32, 400, 784)]
    [InlineData(128, 784, 400)]
    [InlineData(400, 784, 128)]
    [InlineData(100, 128, 64)]
    [InlineData(7, 1, 5)]
    public void SharesCoverEveryTileOnceAndEvenly(int m, int n, int k)
    {
        for (var workers = 1; workers <= 5; workers++)
        {
            var (rows, columns) = Product.Grid(m, n, k);
            var visits = new int[(m + rows - 1) / rows, (n + columns - 1) / columns];
            var elements = new long[workers];
            using var memory = new Arena(m * k + k * n + m * n);
            for (var i = 0; i < workers; i++)
            {
                var tiles = new ProductTiles(
                    new Worker(i, workers, VectorWidth.Bits256), memory.Base, k, 1, memory.Base.At(m * k), n, 1,
                    memory.Base.At(m * k + k * n), n, m, n, k);
                while (tiles.Next(out var tile))
                {
                    visits[tile.RowBlock, tile.ColumnBlock]++;
                    elements[i] += (tile.EndRow - tile.FirstRow) * (tile.EndColumn - tile.FirstColumn);
                }
            }
            Assert.All(visits.Cast<int>(), count => Assert.Equal(1, count));
            if (workers == 2 && 2L * m * n * k > 2_000_000)
                Assert.True(elements.Max() <= 1.045 * m * n / 2, $"{elements.Max()} of {m * n}");
        }
    }

    static void Check(Team team, int m, int n, int k, bool transposedA, bool transposedB, Random random)
    {
        // Strides longer than the matrices, and a frame around C that must stay as it was.
        var (aRow, aColumn) = transposedA ? (1, m + 3) : (k + 2, 1);
        var (bRow, bColumn) = transposedB ? (1, k + 1) : (n + 5, 1);
        var cRow = n + 4;
        int aLength = (m + 3) * (k + 3), bLength = (k + 1) * (n + 5), cLength = m * cRow + 8;
        using var memory = new Arena(aLength + bLength + cLength);
        var all = memory.Base.AsSpan(memory.Length);
        foreach (ref var x in all) x = (float)(random.NextDouble() * 2 - 1);
        var (a, b, c) = (memory.Base, memory.Base.At(aLength), memory.Base.At(aLength + bLength));
        var before = c.AsSpan(cLength).ToArray();
        team.Run(new ProductProgram(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k));
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0f;
                for (var p = 0; p < k; p++) sum = MathF.FusedMultiplyAdd(a[i * aRow + p * aColumn], b[p * bRow + j * bColumn], sum);
                if (c[i * cRow + j] != sum) Assert.Fail($"{m}×{n}×{k}, element {i}, {j}: expected {sum:R}, got {c[i * cRow + j]:R}");
                before[i * cRow + j] = sum;
            }
        }
        Assert.Equal(before, c.AsSpan(cLength).ToArray());
    }
}
