using Zoo.Runtime;

namespace Zoo.Tests;

/// <summary>Rows by label beside a loop that says what is meant, at every vector width and on any team.</summary>
public sealed unsafe class LabelledRowsTests
{
    static readonly VectorWidth[] Widths = [VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    // Ragged columns, more classes than rows, no row, one class; the last four shared by columns, by classes and by both.
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 7, 5, 3 }, { 0, 4, 2 }, { 5, 0, 2 }, { 9, 23, 40 }, { 33, 16, 1 },
        { 128, 400, 10 }, { 900, 20, 7 }, { 300, 3, 9000 }, { 257, 130, 11 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void SumsAreThoseOfTheRowsInTheirOrder(int rows, int columns, int classes)
    {
        const int padding = 3;
        var random = new System.Random(rows + columns);
        var stride = columns + padding;
        float[] values = [.. Enumerable.Range(0, rows * stride + 1).Select(_ => (float)(random.NextDouble() * 2 - 1))];
        float[] labels = [.. Enumerable.Range(0, rows + 1).Select(_ => (float)random.Next(-1, classes))];
        var expected = new float[classes * columns];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns && labels[row] >= 0; column++)
                expected[(int)labels[row] * columns + column] += values[row * stride + column];
        foreach (var width in Widths)
            for (var workers = 1; workers <= 4; workers++)
                foreach (var isReversed in (bool[])[false, true])
                    Assert.Equal(expected, Run(values, stride, labels, rows, columns, classes, width, workers, isReversed));
    }

    [Fact]
    public void ARowIsThatOfItsLabel()
    {
        float[] table = [.. Enumerable.Range(0, 60).Select(i => (float)i)];
        fixed (float* p = table)
        {
            for (var label = -1; label < 3; label++)
            {
                Row<Lanes1>(new(p), label);
                Row<Lanes4>(new(p), label);
                Row<Lanes8>(new(p), label);
                Row<Lanes16>(new(p), label);
            }
        }
    }

    [Fact]
    public void NoClassAndNegativeSizesAreRefused()
    {
        static void Sum(int rows, int columns, int classes) =>
            LabelledRows.Sum(new Worker(0, 1, VectorWidth.Scalar), default, 0, default, default, rows, columns, classes);
        Assert.Contains("0 classes", Assert.Throws<ArgumentOutOfRangeException>(() => Sum(1, 2, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("-1 rows", Assert.Throws<ArgumentOutOfRangeException>(() => Sum(-1, 2, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("-2 numbers", Assert.Throws<ArgumentOutOfRangeException>(() => Sum(1, -2, 3)).Message, StringComparison.Ordinal);
    }

    static void Row<V>(Floats table, int label) where V : struct, IVector<V>
    {
        const int stride = 20, place = 3;
        var row = new float[V.Count];
        fixed (float* p = row) LabelledRows.Load<V>(table, label, stride, place).Store(new(p), 0);
        Assert.Equal(Enumerable.Range(0, V.Count).Select(i => label < 0 ? 0f : label * stride + place + i), row);
    }

    static float[] Run(
        float[] values, int stride, float[] labels, int rows, int columns, int classes, VectorWidth width, int workers, bool isReversed)
    {
        const int guard = 5;
        var target = new float[classes * columns + 2 * guard];
        Array.Fill(target, float.NaN);
        fixed (float* v = values, l = labels, t = target)
            // In either order: what a worker did in another's classes would be cleared again in one of them.
            foreach (var i in isReversed ? Enumerable.Range(0, workers).Reverse() : Enumerable.Range(0, workers))
                LabelledRows.Sum(new Worker(i, workers, width), new(v), stride, new(l), new(t + guard), rows, columns, classes);
        Assert.All(target[..guard].Concat(target[^guard..]), value => Assert.True(float.IsNaN(value)));
        return target[guard..^guard];
    }
}
