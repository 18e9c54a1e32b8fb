using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>
/// The windows over images whose positions are rows of channels. They lie nowhere: a product has a few of them in its hands at a time.
/// </summary>
/// <param name="geometry">How the windows lie.</param>
/// <param name="channels">Numbers of a position.</param>
/// <param name="stride">Floats from one position to the next.</param>
readonly unsafe struct ImageWindows(WindowGeometry geometry, int channels, nint stride)
{
    readonly int height = geometry.Height, width = geometry.Width, kernel = geometry.Kernel, dilation = geometry.Dilation;
    readonly int step = geometry.Stride, padding = geometry.Padding;
    readonly int count = geometry.Count, columns = geometry.WindowColumns;

    // Whether the taps of a row of a window lie side by side, so that one copy brings all that are inside the image.
    readonly bool hasRuns = geometry.Dilation == 1 && stride == channels;

    /// <summary>Copies columns of windows, zeros where a tap lies outside.</summary>
    /// <param name="images">The first image.</param>
    /// <param name="firstWindow">Ordinal of the first window, over all images.</param>
    /// <param name="windows">How many windows.</param>
    /// <param name="first">First column: tap·channels + channel.</param>
    /// <param name="length">How many columns.</param>
    /// <param name="to">windows × length numbers.</param>
    /// <param name="toRow">Floats from one row of them to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(float* images, int firstWindow, int windows, int first, int length, float* to, nint toRow)
    {
        var rowFloats = kernel * channels;
        for (var i = 0; i < windows; i++, to += toRow)
        {
            var (start, top, left) = Corner(firstWindow + i);
            var image = images + start;
            for (int column = first, end = first + length; column < end;)
            {
                var (tapRow, within) = Math.DivRem(column, rowFloats);
                var at = to + (column - first);
                var y = top + tapRow * dilation;
                var run = Math.Min(rowFloats - within, end - column);
                if ((uint)y >= (uint)height) Clear(at, run);
                else if (hasRuns) CopyRun(image + y * width * stride, left * channels + within, at, run);
                else CopyTaps(image + y * width * stride, left, within, at, run);
                column += run;
            }
        }
    }

    /// <summary>A run of taps side by side: what lies before the row's first position or behind its last is zero.</summary>
    void CopyRun(float* row, int from, float* to, int length)
    {
        var before = Math.Clamp(-from, 0, length);
        var inside = Math.Clamp(width * channels - from, before, length);
        Clear(to, before);
        Copy(row + from + before, to + before, inside - before);
        Clear(to + inside, length - inside);
    }

    void CopyTaps(float* row, int left, int within, float* to, int length)
    {
        while (length > 0)
        {
            var (tap, channel) = Math.DivRem(within, channels);
            var run = Math.Min(channels - channel, length);
            var x = left + tap * dilation;
            if ((uint)x < (uint)width) Copy(row + x * stride + channel, to, run);
            else Clear(to, run);
            to += run;
            (within, length) = (within + run, length - run);
        }
    }

    /// <summary>Adds columns of windows to the positions that they lie on, window by window and tap by tap.</summary>
    /// <param name="images">The first image, written.</param>
    /// <param name="firstWindow">Ordinal of the first window, over all images.</param>
    /// <param name="windows">How many windows.</param>
    /// <param name="first">First column: tap·channels + channel.</param>
    /// <param name="length">How many columns.</param>
    /// <param name="from">windows × length numbers.</param>
    /// <param name="fromRow">Floats from one row of them to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter(float* images, int firstWindow, int windows, int first, int length, float* from, nint fromRow)
    {
        for (var i = 0; i < windows; i++, from += fromRow)
        {
            var (start, top, left) = Corner(firstWindow + i);
            var image = images + start;
            for (int column = first, end = first + length; column < end;)
            {
                var (tap, channel) = Math.DivRem(column, channels);
                var run = Math.Min(channels - channel, end - column);
                var (y, x) = (top + tap / kernel * dilation, left + tap % kernel * dilation);
                if ((uint)y < (uint)height && (uint)x < (uint)width)
                    Add(from + (column - first), image + (y * width + x) * stride + channel, run);
                column += run;
            }
        }
    }

    /// <summary>Where a window's image begins, and where the window's first tap lies.</summary>
    (nint Image, int Top, int Left) Corner(int window)
    {
        var (image, within) = Math.DivRem(window, count);
        var (y, x) = Math.DivRem(within, columns);
        return (image * (nint)height * width * stride, y * step - padding, x * step - padding);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Copy(float* from, float* to, int length)
    {
        var i = 0;
        for (; i <= length - 16; i += 16)
        {
            var (a, b) = (Vector256.Load(from + i), Vector256.Load(from + i + 8));
            a.Store(to + i);
            b.Store(to + i + 8);
        }
        for (; i < length; i++) to[i] = from[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(float* from, float* to, int length)
    {
        var i = 0;
        for (; i <= length - 16; i += 16)
        {
            var a = Vector256.Load(from + i) + Vector256.Load(to + i);
            var b = Vector256.Load(from + i + 8) + Vector256.Load(to + i + 8);
            a.Store(to + i);
            b.Store(to + i + 8);
        }
        for (; i < length; i++) to[i] += from[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Clear(float* to, int length)
    {
        var i = 0;
        for (; i <= length - 8; i += 8) Vector256<float>.Zero.Store(to + i);
        for (; i < length; i++) to[i] = 0;
    }
}
