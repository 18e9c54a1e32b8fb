using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests.Products;

/// <summary>
/// Products by zeros and ones must be the chain, over k in fours, of the sums of each four, bit for bit, at every width and with any number
/// of workers; and by any other number the product that they are of any other matrix.
/// </summary>
public sealed class BitProductTests
{
    public static TheoryData<VectorWidth, int> Engines => ProductTests.Engines;

    // Short of a vector, a group, a word, two words; with rows enough for longer stretches of k, and for more than one set of tables.
    public static readonly (int M, int N, int K)[] Sizes =
    [
        (1, 1, 1), (3, 5, 2), (7, 33, 4), (8, 32, 31), (9, 64, 32), (33, 65, 33), (40, 100, 64), (100, 52, 65), (257, 70, 100),
        (300, 31, 129), (1100, 40, 37),
    ];

    [Theory, MemberData(nameof(Engines))]
    public void SumsOfFoursAreTheChain(VectorWidth width, int workers)
    {
        using var team = new Team(workers, width);
        var random = new Random(3);
        foreach (var (m, n, k) in Sizes)
        {
            foreach (var (ta, tb) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
            {
                var shape = new Matrices(m, n, k, ta, tb);
                using var memory = shape.Fill(random, () => random.Next(3) == 0 ? 1 : 0);
                var got = shape.Run(team, memory, ofBits: true);
                for (var i = 0; i < m; i++)
                {
                    for (var j = 0; j < n; j++)
                    {
                        var (expected, actual) = (shape.SumOfFours(memory, i, j), got[i * shape.CRow + j]);
                        if (actual != expected) Assert.Fail($"{m}×{n}×{k}, element {i}, {j}: expected {expected:R}, got {actual:R}");
                    }
                }
                Assert.All(shape.Frame, at => Assert.Equal(shape.Before[at], got[at]));
            }
        }
    }

    public static TheoryData<float> OthersThanBits => [0.5f, -1, 2, float.NaN, float.PositiveInfinity, float.Epsilon, 1 - 1e-7f];

    /// <summary>One such number at each end of A and in its middle.</summary>
    [Theory, MemberData(nameof(OthersThanBits))]
    public void AnyOtherNumberMakesItTheProductOfAnyOtherMatrix(float other)
    {
        using var team = new Team(2, VectorWidth.Bits512);
        var random = new Random(4);
        foreach (var transposed in (bool[])[false, true])
        {
            foreach (var (row, column) in ((int, int)[])[(0, 0), (64, 76), (20, 40), (64, 0), (0, 76), (3, 70)])
            {
                var shape = new Matrices(65, 66, 77, transposed, false);
                using var memory = shape.Fill(random, () => random.Next(2));
                memory.Base.AsSpan(memory.Length)[row * shape.ARow + column * shape.AColumn] = other;
                Assert.Equal(shape.Run(team, memory, ofBits: false), shape.Run(team, memory, ofBits: true));
            }
        }
    }

    /// <summary>Zero with a sign is zero.</summary>
    [Fact]
    public void NegativeZeroIsZero()
    {
        using var team = new Team(1, VectorWidth.Bits256);
        var random = new Random(5);
        var shape = new Matrices(40, 64, 40, false, false);
        using var memory = shape.Fill(random, () => random.Next(2) == 0 ? 1 : -0f);
        var got = shape.Run(team, memory, ofBits: true);
        Assert.Equal(shape.SumOfFours(memory, 39, 63), got[39 * shape.CRow + 63]);
        Assert.NotEqual(shape.Run(team, memory, ofBits: false), got);
    }

    /// <summary>More words than there is room for.</summary>
    [Fact]
    public void ALargeMatrixIsMultipliedAsAnyOther()
    {
        using var team = new Team(2, VectorWidth.Bits512);
        var random = new Random(6);
        var shape = new Matrices(3_100, 1, 1_030, false, false);
        using var memory = shape.Fill(random, () => random.Next(2));
        Assert.Equal(shape.Run(team, memory, ofBits: false), shape.Run(team, memory, ofBits: true));
    }

    /// <summary>What is another worker's may by then be what a map has made of it.</summary>
    [Theory]
    [InlineData(200, 130, 40)]
    [InlineData(100, 64, 100)]
    [InlineData(64, 500, 33)]
    public void AWorkerWritesItsOwnTilesAlone(int m, int n, int k)
    {
        for (var workers = 1; workers <= 4; workers++)
        {
            for (var index = 0; index < workers; index++)
            {
                using var memory = new Arena(m * k + k * n + m * n);
                var (a, b, c) = (memory.Base, memory.Base.At(m * k), memory.Base.At(m * k + k * n));
                b.AsSpan(k * n).Fill(1);
                c.AsSpan(m * n).Fill(-1);
                var tiles = ProductTiles.OfBits(new(index, workers, VectorWidth.Bits256), a, k, 1, b, n, 1, c, n, m, n, k);
                var isOwn = new bool[m * n];
                while (tiles.Next(out var tile))
                    for (var row = tile.FirstRow; row < tile.EndRow; row++)
                        isOwn.AsSpan(row * n)[tile.FirstColumn..tile.EndColumn].Fill(true);
                for (var i = 0; i < m * n; i++) Assert.Equal(isOwn[i] ? 0 : -1, c[i]);
            }
        }
    }

    /// <summary>Three matrices with strides longer than they are, and a frame around C that must stay as it was.</summary>
    sealed class Matrices(int m, int n, int k, bool transposedA, bool transposedB)
    {
        readonly int bRow = transposedB ? 1 : n + 5, bColumn = transposedB ? k + 1 : 1;
        readonly int aLength = (m + 3) * (k + 3), bLength = (k + 1) * (n + 5);

        public int ARow { get; } = transposedA ? 1 : k + 2;

        public int AColumn { get; } = transposedA ? m + 3 : 1;

        public int CRow => n + 4;

        public float[] Before { get; private set; } = [];

        public IEnumerable<int> Frame => Enumerable.Range(0, Before.Length).Where(i => i / CRow >= m || i % CRow >= n);

        public Arena Fill(Random random, Func<float> ofA)
        {
            var memory = new Arena(aLength + bLength + m * CRow + 8);
            foreach (ref var x in memory.Base.AsSpan(memory.Length)) x = (float)(random.NextDouble() * 2 - 1);
            foreach (ref var x in memory.Base.AsSpan(aLength)) x = ofA();
            Before = memory.Base.At(aLength + bLength).AsSpan(m * CRow + 8).ToArray();
            return memory;
        }

        public float[] Run(Team team, Arena memory, bool ofBits)
        {
            var (a, b, c) = (memory.Base, memory.Base.At(aLength), memory.Base.At(aLength + bLength));
            Before.CopyTo(c.AsSpan(Before.Length));
            team.Run(new ProductProgram(a, ARow, AColumn, b, bRow, bColumn, c, CRow, m, n, k, ofBits));
            return c.AsSpan(Before.Length).ToArray();
        }

        public float SumOfFours(Arena memory, int i, int j)
        {
            var (a, b, sum) = (memory.Base, memory.Base.At(aLength), 0f);
            for (var first = 0; first < k; first += 4)
            {
                float? four = null;
                for (var p = first; p < Math.Min(first + 4, k); p++)
                {
                    var x = b[p * bRow + j * bColumn];
                    if (a[i * ARow + p * AColumn] == 1) four = four is { } before ? before + x : x;
                }
                sum += four ?? 0;
            }
            return sum;
        }
    }
}
