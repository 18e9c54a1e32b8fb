using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests.Products;

/// <summary>
/// Products of windows and images as sums of a product's windows, beyond what a tile, a panel or a stretch of k holds: against windows
/// that lie in memory, bit for bit where each number is one chain of fused multiply-adds, and against double precision where taps are
/// added up. Geometries that take minimal filters are those of <see cref="FilteredProductTests"/>.
/// </summary>
public sealed class ImageProductTests
{
    const int Images = 3;
    // Floats behind a position, as of a part of a concatenation.
    const int Gap = 3;

    public static TheoryData<VectorWidth, int> Engines => ProductTests.Engines;

    /// <summary>
    /// Geometry, channels and the other size: one beyond 512 of k, one whose kernel hangs over, two of single channels; vectors of
    /// channels, with whole kernels of columns, without a border, with positions on which no tap lies; images, and images of windows, that
    /// are too large to be kept with a border, and such that two of three can be kept at a time.
    /// </summary>
    static readonly (WindowGeometry Geometry, int Channels, int Others)[] Cases =
    [
        (new(9, 12, 5, 2, 1, 1), 37, 70), (new(20, 17, 3, 1, 1, 1), 5, 33), (new(11, 13, 5, 3, 2, 1), 1, 9),
        (new(7, 6, 3, 2, 2, 2), 20, 600),
        (new(2, 3, 4, 1, 2, 1), 3, 65), (new(1, 1, 1, 2, 0, 1), 6, 7), (new(9, 10, 3, 2, 3, 2), 1, 5),
        (new(8, 8, 5, 2, 1, 1), 64, 32), (new(6, 8, 2, 2, 0, 1), 32, 64), (new(9, 8, 2, 3, 0, 1), 16, 48), (new(10, 9, 3, 3, 2, 2), 24, 40),
        (new(60, 61, 3, 3, 1, 1), 20, 5), (new(15, 14, 2, 1, 1, 1), 8, 300), (new(30, 30, 2, 3, 1, 1), 24, 70),
    ];

    [Theory, MemberData(nameof(Engines))]
    public void WindowsAreMultipliedAsIfTheyLayInMemory(VectorWidth width, int workers)
    {
        foreach (var (geometry, channels, outputs) in Cases)
            foreach (var gap in (int[])[0, Gap])
                foreach (var transposed in (bool[])[false, true])
                {
                    Assert.False(FilteredTiles.Pay(geometry, channels, transposed, outputs, 1, outputs));
                    var (windows, taps) = (Images * geometry.Count, geometry.Taps * channels);
                    var (m, k) = transposed ? (taps, windows) : (windows, taps);
                    using var memory = new Numbers(Images * geometry.Positions * (channels + gap), k * outputs, m * outputs);
                    var gathered = Windows(memory.Parts[0], geometry, channels, channels + gap);
                    using var team = new Team(workers, width);
                    team.Run(new TeamCall(worker => Product.OfWindows(worker, memory.Parts[0], channels + gap, geometry, channels,
                        transposed, memory.Parts[1], outputs, 1, memory.Parts[2], outputs, m, outputs, k)));
                    for (var i = 0; i < m; i++)
                        for (var j = 0; j < outputs; j++)
                        {
                            var sum = 0f;
                            for (var p = 0; p < k; p++)
                                sum = MathF.FusedMultiplyAdd(gathered[transposed ? p * taps + i : i * taps + p],
                                    memory.Parts[1][p * outputs + j], sum);
                            if (memory.Parts[2][i * outputs + j] != sum)
                                Assert.Fail($"{geometry} of {channels} channels, transposed {transposed}, element {i}, {j}: expected "
                                    + $"{sum:R}, got {memory.Parts[2][i * outputs + j]:R}");
                        }
                }
    }

    [Theory, MemberData(nameof(Engines))]
    public void ImagesAreTheSumsOfTheirWindows(VectorWidth width, int workers)
    {
        foreach (var (geometry, channels, inputs) in Cases)
            foreach (var gap in (int[])[0, Gap])
            {
                var (windows, taps, stride) = (Images * geometry.Count, geometry.Taps * channels, channels + gap);
                using var memory = new Numbers(windows * inputs, taps * inputs, Images * geometry.Positions * stride);
                var before = memory.Parts[2].AsSpan(Images * geometry.Positions * stride).ToArray();
                using var team = new Team(workers, width);
                // B as a weight lies: taps·channels × inputs, so turned.
                team.Run(new TeamCall(worker => Product.WindowSums(worker, memory.Parts[0], inputs, memory.Parts[1], 1, inputs,
                    memory.Parts[2], stride, geometry, channels, Images, inputs, imagesPerBlock: 2)));
                var expected = new double[before.Length];
                for (var i = 0; i < before.Length; i++) expected[i] = i % stride < channels ? 0 : before[i];
                foreach (var (window, tap, position) in Taps(geometry))
                    for (var channel = 0; channel < channels; channel++)
                        for (var p = 0; p < inputs; p++)
                            expected[position * stride + channel] +=
                                (double)memory.Parts[0][window * inputs + p] * memory.Parts[1][(tap * channels + channel) * inputs + p];
                for (var i = 0; i < before.Length; i++)
                    if (Math.Abs(memory.Parts[2][i] - expected[i]) > 2e-5 * Math.Sqrt(inputs * geometry.Taps))
                        Assert.Fail($"{geometry} of {channels} channels, number {i}: expected {expected[i]:R}, got {memory.Parts[2][i]:R}");
            }
    }

    [Theory, MemberData(nameof(Engines))]
    public void WindowsInMemoryAndBackAreTheSame(VectorWidth width, int workers)
    {
        foreach (var (geometry, channels, _) in Cases)
        {
            var (windows, taps) = (Images * geometry.Count, geometry.Taps * channels);
            using var memory = new Numbers(Images * geometry.Positions * channels, windows * taps, Images * geometry.Positions * channels);
            using var team = new Team(workers, width);
            team.Run(new TeamCall(worker =>
                ImageMoves.Windows(worker, memory.Parts[0], channels, memory.Parts[1], taps, geometry, channels, Images)));
            Assert.Equal(Windows(memory.Parts[0], geometry, channels, channels), memory.Parts[1].AsSpan(windows * taps).ToArray());
            team.Run(new TeamCall(worker =>
                ImageMoves.WindowSums(worker, memory.Parts[1], taps, memory.Parts[2], channels, geometry, channels, Images)));
            // Each position comes back as often as there are taps on it.
            var counts = new int[Images * geometry.Positions];
            foreach (var (_, _, position) in Taps(geometry)) counts[position]++;
            for (var i = 0; i < counts.Length * channels; i++)
                Assert.Equal(counts[i / channels] * memory.Parts[0][i], memory.Parts[2][i], 1e-5f);
        }
    }

    /// <summary>What lies between the rows of windows, as of a part of a concatenation, is somebody else's.</summary>
    [Theory, MemberData(nameof(Engines))]
    public void NothingIsWrittenBetweenRowsOfWindows(VectorWidth width, int workers)
    {
        foreach (var (geometry, channels, _) in Cases.Append((new(9, 9, 3, 2, 1, 1), 1, 0)).Append((new(8, 8, 2, 1, 0, 1), 2, 0)))
        {
            var (windows, taps) = (Images * geometry.Count, geometry.Taps * channels);
            using var memory = new Numbers(Images * geometry.Positions * channels, windows * (taps + Gap));
            var before = memory.Parts[1].AsSpan(windows * (taps + Gap)).ToArray();
            using var team = new Team(workers, width);
            team.Run(new TeamCall(worker =>
                ImageMoves.Windows(worker, memory.Parts[0], channels, memory.Parts[1], taps + Gap, geometry, channels, Images)));
            var expected = Windows(memory.Parts[0], geometry, channels, channels);
            for (var i = 0; i < before.Length; i++)
            {
                var (window, column) = Math.DivRem(i, taps + Gap);
                Assert.Equal(column < taps ? expected[window * taps + column] : before[i], memory.Parts[1][i]);
            }
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public void AxesComeInAnotherOrder(VectorWidth width, int workers)
    {
        (int[], int[])[] orders = [([5, 7, 3], [2, 0, 1]), ([40, 33], [1, 0]), ([2, 3, 4, 5], [3, 1, 0, 2]), ([6], [0])];
        foreach (var (sizes, axes) in orders)
        {
            const int Rows = 4;
            var count = sizes.Aggregate(1, (a, b) => a * b);
            int[] strides = [.. sizes.Select((_, i) => sizes.Skip(i + 1).Aggregate(1, (a, b) => a * b))];
            int[] made = [.. axes.Select(a => sizes[a])], steps = [.. axes.Select(a => strides[a])];
            using var memory = new Numbers(Rows * count, Rows * count);
            using var team = new Team(workers, width);
            team.Run(new TeamCall(worker => ImageMoves.Permute(worker, memory.Parts[0], memory.Parts[1], Rows, made, steps)));
            for (var i = 0; i < Rows * count; i++)
            {
                var (rest, from) = (i % count, i / count * count);
                for (var axis = made.Length - 1; axis >= 0; axis--)
                {
                    (rest, var place) = Math.DivRem(rest, made[axis]);
                    from += place * steps[axis];
                }
                Assert.Equal(memory.Parts[0][from], memory.Parts[1][i]);
            }
        }
    }

    /// <summary>Every tap inside an image: window and position over all images.</summary>
    static IEnumerable<(int Window, int Tap, int Position)> Taps(WindowGeometry g)
    {
        for (var window = 0; window < Images * g.Count; window++)
            for (var tap = 0; tap < g.Taps; tap++)
            {
                var (image, within) = (window / g.Count, window % g.Count);
                var y = within / g.WindowColumns * g.Stride + tap / g.Kernel * g.Dilation - g.Padding;
                var x = within % g.WindowColumns * g.Stride + tap % g.Kernel * g.Dilation - g.Padding;
                if (y >= 0 && y < g.Height && x >= 0 && x < g.Width) yield return (window, tap, image * g.Positions + y * g.Width + x);
            }
    }

    static float[] Windows(Floats images, WindowGeometry geometry, int channels, int stride)
    {
        var windows = new float[Images * geometry.Count * geometry.Taps * channels];
        foreach (var (window, tap, position) in Taps(geometry))
            for (var channel = 0; channel < channels; channel++)
                windows[(window * geometry.Taps + tap) * channels + channel] = images[position * stride + channel];
        return windows;
    }
}
