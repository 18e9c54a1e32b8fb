using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Zoo.Runtime;

/// <summary>Copies of images in another order, and windows where somebody wants them in memory.</summary>
public static unsafe class ImageMoves
{
    // Elements below which worker 0 copies alone.
    const long SharedFrom = 16384;

    /// <summary>
    /// target[row, i, j, …] = source[row, i·strides[0] + j·strides[1] + …]: the axes of every row in another order, the target contiguous.
    /// </summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="source">rows rows, contiguous.</param>
    /// <param name="target">As many, written; they do not overlap the source.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="sizes">Axes of a row of the target.</param>
    /// <param name="strides">Floats of the source along each of them.</param>
    public static void Permute(
        Worker worker, Floats source, Floats target, int rows, scoped ReadOnlySpan<int> sizes,
        scoped ReadOnlySpan<int> strides)
    {
        var floats = 1;
        foreach (var size in sizes) floats *= size;
        var isShared = (long)rows * floats > SharedFrom;
        if (!isShared && worker.Index != 0) return;
        // Axes that lie in the source as in the target are one.
        Span<int> mergedSizes = stackalloc int[sizes.Length], mergedStrides = stackalloc int[sizes.Length];
        var count = 0;
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            var isJoined = count > 0 && mergedStrides[count - 1] == strides[axis] * sizes[axis];
            if (isJoined) count--;
            (mergedSizes[count], mergedStrides[count]) = ((isJoined ? mergedSizes[count] : 1) * sizes[axis], strides[axis]);
            count++;
        }
        sizes = mergedSizes[..count];
        strides = mergedStrides[..count];
        // The two innermost axes are a tile that is turned; those in front are counted through.
        var (inner, innerStride) = (sizes[^1], (nint)strides[^1]);
        var (outer, outerStride) = sizes.Length > 1 ? (sizes[^2], (nint)strides[^2]) : (1, 0);
        var tiles = rows * (floats / (inner * outer));
        var tilesPerRow = floats / (inner * outer);
        var (from, to) = isShared ? worker.Share(tiles) : (0, tiles);
        for (var tile = from; tile < to; tile++)
        {
            var (row, rest) = Math.DivRem(tile, tilesPerRow);
            nint offset = 0;
            for (var axis = sizes.Length - 3; axis >= 0; axis--)
            {
                (rest, var place) = Math.DivRem(rest, sizes[axis]);
                offset += place * (nint)strides[axis];
            }
            Turn(source.Address + (long)row * floats + offset, outerStride, innerStride, target.Address + (long)tile * inner * outer, outer,
                inner);
        }
    }

    // Blocks that stay in L1 whichever way they are walked.
    const int Side = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn(float* source, nint outerStride, nint innerStride, float* target, int outer, int inner)
    {
        if (outerStride == 1 && inner >= 8 && Avx.IsSupported)
        {
            // The last eight columns may be written twice.
            for (var j = 0; j < inner; j += 8)
            {
                var column = Math.Min(j, inner - 8);
                Packing.Transpose(source + column * innerStride, innerStride, 8, outer, target + column, inner);
            }
            return;
        }
        for (var i0 = 0; i0 < outer; i0 += Side)
        {
            var i1 = Math.Min(i0 + Side, outer);
            for (var j0 = 0; j0 < inner; j0 += Side)
            {
                var j1 = Math.Min(j0 + Side, inner);
                for (var i = i0; i < i1; i++)
                {
                    var from = source + i * outerStride;
                    var to = target + (nint)i * inner;
                    for (var j = j0; j < j1; j++) to[j] = from[j * innerStride];
                }
            }
        }
    }

    /// <summary>The windows over images, a row for each.</summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="images">Images, a row of channels for each position.</param>
    /// <param name="positionStride">Floats from one position to the next.</param>
    /// <param name="windows">A row of taps·channels for each window, written.</param>
    /// <param name="windowStride">Floats from one window to the next.</param>
    /// <param name="geometry">How windows lie over an image.</param>
    /// <param name="channels">Channels of a position.</param>
    /// <param name="count">Images.</param>
    public static void Windows(
        Worker worker, Floats images, int positionStride, Floats windows, int windowStride, WindowGeometry geometry, int channels,
        int count)
    {
        var (from, to) = Share(worker, count, geometry, channels);
        new ImageWindows(geometry, channels, positionStride).Gather(images.Address, from * geometry.Count, (to - from) * geometry.Count, 0,
            geometry.Taps * channels, windows.Address + (nint)from * geometry.Count * windowStride, windowStride);
    }

    /// <summary>Images as sums of their windows.</summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="windows">A row of taps·channels for each window.</param>
    /// <param name="windowStride">Floats from one window to the next.</param>
    /// <param name="images">Images, a row of channels for each position, written.</param>
    /// <param name="positionStride">Floats from one position to the next.</param>
    /// <param name="geometry">How windows lie over an image.</param>
    /// <param name="channels">Channels of a position.</param>
    /// <param name="count">Images.</param>
    public static void WindowSums(
        Worker worker, Floats windows, int windowStride, Floats images, int positionStride, WindowGeometry geometry, int channels,
        int count)
    {
        var (from, to) = Share(worker, count, geometry, channels);
        for (var position = from * geometry.Positions; position < to * geometry.Positions; position++)
            new Span<float>(images.Address + (nint)position * positionStride, channels).Clear();
        new ImageWindows(geometry, channels, positionStride).Scatter(images.Address, from * geometry.Count, (to - from) * geometry.Count, 0,
            geometry.Taps * channels, windows.Address + (nint)from * geometry.Count * windowStride, windowStride);
    }

    static (int From, int To) Share(Worker worker, int count, in WindowGeometry geometry, int channels) =>
        (long)count * geometry.Count * geometry.Taps * channels > SharedFrom ? worker.Share(count)
            : worker.Index == 0 ? (0, count) : (0, 0);
}
