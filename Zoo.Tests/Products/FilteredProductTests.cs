using System.Collections.Concurrent;
using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests.Products;

/// <summary>
/// Convolutions by minimal filters: the filters themselves on whole numbers, where they are exact, and products of windows, their
/// transpose and images as sums of windows against double precision, with the same bits at every width, for any number of workers and of
/// images.
/// </summary>
public sealed class FilteredProductTests
{
    // Floats behind a position and behind a row of C, as of a part of a concatenation.
    const int Gap = 3;

    public static TheoryData<VectorWidth, int> Engines => ProductTests.Engines;

    public static TheoryData<int, int> Filters => new() { { 1, 2 }, { 2, 2 }, { 3, 2 }, { 1, 3 }, { 2, 3 } };

    /// <summary>
    /// Geometry, channels, the other size and images: kernels of two and three taps a phase, one and two phases, odd and uneven extents
    /// whose stretches are of one and of two sizes, without a border and with a wide one; more than 256 numbers of a square, columns short
    /// of a kernel of columns, more of them than scratch has for 128 squares, and more squares than are multiplied at a time.
    /// </summary>
    static readonly (WindowGeometry Geometry, int Channels, int Others, int Images)[] Cases =
    [
        (new(14, 14, 4, 2, 1, 1), 64, 40, 3), (new(7, 10, 4, 2, 2, 1), 64, 70, 3), (new(9, 6, 3, 1, 1, 1), 64, 33, 3),
        (new(5, 8, 2, 1, 0, 1), 96, 48, 4), (new(11, 13, 6, 2, 2, 1), 64, 32, 2), (new(13, 9, 3, 1, 2, 1), 320, 36, 2),
        (new(8, 8, 4, 2, 1, 1), 64, 32, 35), (new(25, 40, 3, 1, 1, 1), 64, 32, 1), (new(6, 6, 2, 1, 1, 1), 64, 1000, 2),
    ];

    [Theory, MemberData(nameof(Filters))]
    public void AFilterIsTheSumOverItsTaps(int outputs, int taps)
    {
        var filter = new MinimalFilter(outputs, taps);
        Assert.Equal(outputs + taps - 1, filter.Points);
        var random = new Random(outputs * 10 + taps);
        for (var round = 0; round < 50; round++)
        {
            int[] read = [.. Numbers(filter.Points)], weights = [.. Numbers(taps)], slopes = [.. Numbers(outputs)];
            var (made, learned) = (new float[outputs], new float[taps]);
            for (var point = 0; point < filter.Points; point++)
            {
                var (first, second, sign) = filter.Reads(point);
                var difference = read[first] + sign * read[second];
                Assert.True(filter.Scale(point) is 1 or 0.5f);
                for (var i = 0; i < outputs; i++)
                    made[i] += filter.Power(outputs, point, i) * filter.Scale(point) * difference * Evaluated(weights, point);
                for (var i = 0; i < taps; i++)
                    learned[i] += filter.Power(taps, point, i) * filter.Scale(point) * difference * Evaluated(slopes, point);
            }
            Assert.Equal(Enumerable.Range(0, outputs).Select(i => (float)weights.Select((w, j) => w * read[i + j]).Sum()), made);
            Assert.Equal(Enumerable.Range(0, taps).Select(j => (float)slopes.Select((s, i) => s * read[i + j]).Sum()), learned);
        }

        int Evaluated(int[] coefficients, int point) =>
            coefficients.Select((c, i) => c * filter.Power(coefficients.Length, point, i)).Sum();

        IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count).Select(_ => random.Next(-9, 10));
    }

    [Theory, InlineData(2), InlineData(3)]
    public void AnAxisIsCutIntoStretchesThatCoverItOnce(int taps)
    {
        for (var extent = 1; extent < 40; extent++)
        {
            var axis = new FilteredAxis(extent, taps);
            var counts = new int[extent];
            var points = 0;
            for (var size = 0; size < FilteredAxis.Sizes; size++)
            {
                var (filter, count, start) = axis.Of(size);
                for (var i = 0; i < count * filter.Outputs; i++) counts[start + i]++;
                points += count * filter.Points;
            }
            Assert.All(counts, count => Assert.Equal(1, count));
            Assert.Equal(points, axis.Points);
        }
        Assert.Equal(taps == 2 ? 10 : 15, new FilteredAxis(7, taps).Points);
    }

    [Theory, MemberData(nameof(Engines))]
    public void ProductsOfWindows(VectorWidth width, int workers)
    {
        foreach (var (geometry, channels, n, images) in Cases)
            foreach (var turned in (bool[])[false, true])
            {
                Assert.True(FilteredTiles.Pay(geometry, channels, false, turned ? 1 : n, turned ? geometry.Taps * channels : 1, n));
                // Positions that lie close are read several at a time.
                var position = channels + (turned ? 0 : Gap);
                var (m, k, row) = (images * geometry.Count, geometry.Taps * channels, n + Gap);
                using var memory = new Numbers(images * geometry.Positions * position, k * n, m * row);
                var (read, b, c) = (memory.Parts[0], memory.Parts[1], memory.Parts[2]);
                var got = Made(width, workers, Product, c, m, n, row, $"{geometry} of {channels} channels");
                for (var sample = 0; sample < 400; sample++)
                {
                    var (window, column) = (sample * 7919 % m, sample * 104_729 % n);
                    double sum = 0, size = 0;
                    foreach (var (tap, place) in Taps(geometry, window))
                        for (var channel = 0; channel < channels; channel++)
                        {
                            var (p, x) = (tap * channels + channel, (double)read[place * position + channel]);
                            var term = x * b[turned ? column * k + p : p * n + column];
                            sum += term;
                            size += Math.Abs(term);
                        }
                    AssertClose(sum, got[window * row + column], size, $"{geometry} of {channels} channels, {window}, {column}");
                }

                void Product(Worker worker) => Runtime.Product.OfWindows(worker, read, position, geometry, channels, false,
                    b, turned ? 1 : n, turned ? k : 1, c, row, m, n, k);
            }
    }

    [Theory, MemberData(nameof(Engines))]
    public void ProductsOfTheTranspose(VectorWidth width, int workers)
    {
        foreach (var (geometry, channels, n, images) in Cases)
        {
            Assert.True(FilteredTiles.Pay(geometry, channels, true, n, 1, n));
            var (m, k, position, row) = (geometry.Taps * channels, images * geometry.Count, channels + Gap, n + Gap);
            using var memory = new Numbers(images * geometry.Positions * position, k * n, m * row);
            var (read, b, c) = (memory.Parts[0], memory.Parts[1], memory.Parts[2]);
            var got = Made(width, workers, Product, c, m, n, row, $"{geometry} of {channels} channels");
            for (var sample = 0; sample < 60; sample++)
            {
                var (tap, channel, column) = (sample % geometry.Taps, sample * 7919 % channels, sample * 104_729 % n);
                double sum = 0, size = 0;
                for (var window = 0; window < k; window++)
                    foreach (var (each, place) in Taps(geometry, window))
                        if (each == tap)
                        {
                            var term = (double)read[place * position + channel] * b[window * n + column];
                            sum += term;
                            size += Math.Abs(term);
                        }
                AssertClose(sum, got[(tap * channels + channel) * row + column], size, $"{geometry} of {channels} channels, tap {tap}");
            }

            void Product(Worker worker) =>
                Runtime.Product.OfWindows(worker, read, position, geometry, channels, true, b, n, 1, c, row, m, n, k);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public void ImagesAsSumsOfWindows(VectorWidth width, int workers)
    {
        foreach (var (geometry, channels, k, images) in Cases)
            foreach (var turned in (bool[])[false, true])
            {
                Assert.True(FilteredTiles.PayForImages(geometry, channels, turned ? 1 : geometry.Taps * channels, turned ? k : 1, k));
                var (position, columns, row) = (channels + Gap, geometry.Taps * channels, k + Gap);
                var (windows, floats) = (images * geometry.Count, images * geometry.Positions * position);
                using var memory = new Numbers(windows * row, columns * k, floats);
                var (a, b, made) = (memory.Parts[0], memory.Parts[1], memory.Parts[2]);
                var got = Made(width, workers, Sums, made, floats / position, channels, position, $"{geometry} of {channels} channels");
                var (sums, sizes) = (new double[images * geometry.Positions], new double[images * geometry.Positions]);
                foreach (var channel in (int[])[0, channels / 2, channels - 1])
                {
                    Array.Clear(sums);
                    Array.Clear(sizes);
                    for (var window = 0; window < windows; window++)
                        foreach (var (tap, place) in Taps(geometry, window))
                            for (var p = 0; p < k; p++)
                            {
                                var column = tap * channels + channel;
                                var term = (double)a[window * row + p] * b[turned ? column * k + p : p * columns + column];
                                sums[place] += term;
                                sizes[place] += Math.Abs(term);
                            }
                    for (var place = 0; place < sums.Length; place++)
                        AssertClose(sums[place], got[place * position + channel], sizes[place],
                            $"{geometry} of {channels} channels, {place}");
                }

                void Sums(Worker worker) => Product.WindowSums(worker, a, row, b, turned ? 1 : columns, turned ? k : 1, made, position,
                    geometry, channels, images, k, imagesPerBlock: 2);
            }
    }

    /// <summary>The map that follows sees every tile of the product's grid once, and finished.</summary>
    [Theory, MemberData(nameof(Engines))]
    public void EveryTileIsHandedOutOnceAndFinished(VectorWidth width, int workers)
    {
        foreach (var (geometry, channels, n, images) in Cases)
            foreach (var transposed in (bool[])[false, true])
            {
                var (windows, taps) = (images * geometry.Count, geometry.Taps * channels);
                var (m, k) = transposed ? (taps, windows) : (windows, taps);
                using var memory = new Numbers(images * geometry.Positions * channels, k * n, m * n);
                var (read, b, c) = (memory.Parts[0], memory.Parts[1], memory.Parts[2]);
                var seen = new ConcurrentQueue<(Tile Tile, float[] Elements)>();
                Run(width, workers, worker =>
                {
                    var tiles = new FilteredTiles(worker, read, channels, geometry, channels, transposed, b, n, 1, c, n, m, n, k);
                    while (tiles.Next(out var tile)) seen.Enqueue((tile, [.. Elements(tile)]));
                });
                var (tall, wide) = Product.Grid(m, n, k);
                var grid =
                    from row in Enumerable.Range(0, (m + tall - 1) / tall)
                    from column in Enumerable.Range(0, (n + wide - 1) / wide)
                    let rows = (First: row * tall, End: Math.Min(m, (row + 1) * tall))
                    let columns = (First: column * wide, End: Math.Min(n, (column + 1) * wide))
                    select new Tile(row, column, rows.First, rows.End, columns.First, columns.End);
                Assert.Equal(grid, seen.Select(each => each.Tile).OrderBy(tile => tile.RowBlock).ThenBy(tile => tile.ColumnBlock));
                foreach (var (tile, elements) in seen) Assert.Equal(Elements(tile), elements);

                IEnumerable<float> Elements(Tile tile)
                {
                    for (var row = tile.FirstRow; row < tile.EndRow; row++)
                        for (var column = tile.FirstColumn; column < tile.EndColumn; column++) yield return c[row * n + column];
                }
            }
    }

    /// <summary>A batch's first images are what they are alone.</summary>
    [Fact]
    public void AnImageDoesNotDependOnTheOthers()
    {
        var (geometry, channels, others) = (new WindowGeometry(14, 14, 4, 2, 1, 1), 48, 64);
        var (columns, most) = (geometry.Taps * channels, 40);
        using var memory = new Numbers(most * geometry.Positions * channels, columns * others, most * geometry.Count * others);
        using var sums = new Numbers(most * geometry.Positions * channels);
        var (images, weight, made) = (memory.Parts[0], memory.Parts[1], memory.Parts[2]);
        float[]? windows = null, back = null;
        foreach (var count in (int[])[1, 5, 33, most])
        {
            var (m, floats) = (count * geometry.Count, count * geometry.Positions * channels);
            Run(VectorWidth.Bits256, 2, worker => Product.OfWindows(worker, images, channels, geometry, channels, false, weight, others, 1,
                made, others, m, others, columns));
            windows ??= made.AsSpan(m * others).ToArray();
            Assert.Equal(windows, made.AsSpan(windows.Length).ToArray());
            Run(VectorWidth.Bits256, 2, worker => Product.WindowSums(worker, made, others, weight, 1, others, sums.Parts[0], channels,
                geometry, channels, count, others, imagesPerBlock: 2));
            back ??= sums.Parts[0].AsSpan(floats).ToArray();
            Assert.Equal(back, sums.Parts[0].AsSpan(back.Length).ToArray());
        }
    }

    /// <summary>Roundings of a filter's few more sums do not show beside those of the one chain that an output was.</summary>
    [Fact]
    public void NothingIsLostInAccuracy()
    {
        var (geometry, channels, n, images) = (new WindowGeometry(14, 14, 4, 2, 1, 1), 64, 64, 2);
        var (m, k) = (images * geometry.Count, geometry.Taps * channels);
        using var memory = new Numbers(images * geometry.Positions * channels, k * n, m * n);
        var (read, b, c) = (memory.Parts[0], memory.Parts[1], memory.Parts[2]);
        Run(VectorWidth.Bits256, 1,
            worker => Product.OfWindows(worker, read, channels, geometry, channels, false, b, n, 1, c, n, m, n, k));
        double filtered = 0, chained = 0;
        for (var window = 0; window < m; window++)
            for (var column = 0; column < n; column++)
            {
                var (exact, chain) = (0.0, 0f);
                foreach (var (tap, place) in Taps(geometry, window))
                    for (var channel = 0; channel < channels; channel++)
                    {
                        var (x, w) = (read[place * channels + channel], b[(tap * channels + channel) * n + column]);
                        exact += (double)x * w;
                        chain = MathF.FusedMultiplyAdd(x, w, chain);
                    }
                filtered += Math.Pow(c[window * n + column] - exact, 2);
                chained += Math.Pow(chain - exact, 2);
            }
        Assert.InRange(Math.Sqrt(filtered / chained), 0.2, 1.2);
    }

    /// <summary>What would not repay the sums around it is multiplied as it was.</summary>
    [Fact]
    public void OtherWindowsAreNotFiltered()
    {
        Assert.False(FilteredTiles.Pay(new(14, 14, 3, 2, 1, 1), 64, false, 128, 1, 128));
        Assert.False(FilteredTiles.Pay(new(14, 14, 5, 1, 2, 1), 64, false, 128, 1, 128));
        Assert.False(FilteredTiles.Pay(new(14, 14, 3, 1, 1, 2), 64, false, 128, 1, 128));
        Assert.False(FilteredTiles.Pay(new(28, 28, 4, 2, 1, 1), 1, false, 64, 1, 64));
        Assert.False(FilteredTiles.Pay(new(4, 4, 4, 1, 0, 1), 64, false, 64, 1, 64));
        Assert.False(FilteredTiles.Pay(new(14, 14, 4, 2, 1, 1), 40, true, 128, 1, 128));
        Assert.False(FilteredTiles.PayForImages(new(28, 28, 4, 2, 1, 1), 1, 1, 64, 64));
    }

    static void Run(VectorWidth width, int workers, Action<Worker> execute)
    {
        using var team = new Team(workers, width);
        team.Run(new TeamCall(execute));
    }

    /// <summary>
    /// What a call writes into rows of C: the bits of one worker without vectors, and nothing behind the columns of a row.
    /// </summary>
    static float[] Made(VectorWidth width, int workers, Action<Worker> call, Floats c, int rows, int columns, int row, string what)
    {
        var before = c.AsSpan(rows * row).ToArray();
        Run(width, workers, call);
        var got = c.AsSpan(rows * row).ToArray();
        Run(VectorWidth.Scalar, 1, call);
        for (var i = 0; i < got.Length; i++)
        {
            var expected = i % row < columns ? c[i] : before[i];
            if (BitConverter.SingleToInt32Bits(got[i]) != BitConverter.SingleToInt32Bits(expected))
                Assert.Fail($"{what}, number {i}: expected {expected:R} as of one worker without vectors, got {got[i]:R}");
        }
        return got;
    }

    // A few units in the last place of the sum of sizes, over the square root of the number of terms: roundings do not all agree.
    static void AssertClose(double expected, float got, double size, string what)
    {
        if (!(Math.Abs(got - expected) <= 4e-7 * size + 1e-6)) Assert.Fail($"{what}: expected {expected:R}, got {got:R}");
    }

    /// <summary>The taps of a window that lie inside, and the positions that they lie on, over all images.</summary>
    static IEnumerable<(int Tap, int Position)> Taps(WindowGeometry g, int window)
    {
        var (image, within) = Math.DivRem(window, g.Count);
        var (y, x) = (within / g.WindowColumns * g.Stride - g.Padding, within % g.WindowColumns * g.Stride - g.Padding);
        for (var tap = 0; tap < g.Taps; tap++)
        {
            var (row, column) = (y + tap / g.Kernel, x + tap % g.Kernel);
            if (row >= 0 && row < g.Height && column >= 0 && column < g.Width)
                yield return (tap, image * g.Positions + row * g.Width + column);
        }
    }
}
