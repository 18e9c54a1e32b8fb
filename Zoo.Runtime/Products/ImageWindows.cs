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
    // Runs that are looked up at a time.
    const int MostRuns = 32;

    readonly int height = geometry.Height, width = geometry.Width, kernel = geometry.Kernel, dilation = geometry.Dilation;
    readonly int step = geometry.Stride, padding = geometry.Padding;
    readonly int rows = geometry.WindowRows, columns = geometry.WindowColumns;

    // Positions from a window's first tap to behind its last.
    readonly int span = geometry.Dilation * (geometry.Kernel - 1) + 1;

    // Taps that lie side by side: those of a row of a window, so that one copy brings all that are inside the image, or single ones.
    readonly int tapsOfRun = geometry.Dilation == 1 && stride == channels ? geometry.Kernel : 1;

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
        var runs = stackalloc Run[MostRuns];
        for (var done = 0; done < length;)
        {
            var count = Runs(runs, first + done, length - done, out var covered);
            var at = to + done;
            var place = Place(firstWindow);
            for (var i = 0; i < windows; i++, at += toRow, Advance(ref place))
            {
                var corner = images + place.Corner;
                var target = at;
                if (IsInside(place))
                    for (var r = 0; r < count; target += runs[r++].Length) Copy(corner + runs[r].Offset, target, runs[r].Length);
                else
                    for (var r = 0; r < count; target += runs[r++].Length)
                    {
                        var (before, inside) = Clip(place, runs[r]);
                        Clear(target, before);
                        Copy(corner + runs[r].Offset + before, target + before, inside);
                        Clear(target + before + inside, runs[r].Length - before - inside);
                    }
            }
            done += covered;
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
        var runs = stackalloc Run[MostRuns];
        for (var done = 0; done < length;)
        {
            var count = Runs(runs, first + done, length - done, out var covered);
            var at = from + done;
            var place = Place(firstWindow);
            for (var i = 0; i < windows; i++, at += fromRow, Advance(ref place))
            {
                var corner = images + place.Corner;
                var source = at;
                if (IsInside(place))
                    for (var r = 0; r < count; source += runs[r++].Length) Add(source, corner + runs[r].Offset, runs[r].Length);
                else
                    for (var r = 0; r < count; source += runs[r++].Length)
                    {
                        var (before, inside) = Clip(place, runs[r]);
                        Add(source + before, corner + runs[r].Offset + before, inside);
                    }
            }
            done += covered;
        }
    }

    /// <summary>
    /// Cuts columns into runs, which lie side by side in an image as in a window: no more than <see cref="MostRuns"/>, and
    /// <paramref name="covered"/> columns.
    /// </summary>
    int Runs(Run* runs, int first, int length, out int covered)
    {
        var count = 0;
        for (covered = 0; covered < length && count < MostRuns; count++)
        {
            var (tap, channel) = Math.DivRem(first + covered, channels);
            var (y, x) = Math.DivRem(tap, kernel);
            var run = Math.Min((tapsOfRun - x % tapsOfRun) * channels - channel, length - covered);
            var offset = (y * dilation * width + x * dilation) * stride + channel;
            runs[count] = new() { Row = y * dilation, Column = x * dilation, Channel = channel, Length = run, Offset = offset };
            covered += run;
        }
        return count;
    }

    /// <summary>What of a run lies before an image's row, and what inside.</summary>
    (int Before, int Inside) Clip(in WindowPlace place, in Run run)
    {
        if ((uint)(place.Top + run.Row) >= (uint)height) return (run.Length, 0);
        var from = (place.Left + run.Column) * channels + run.Channel;
        var before = Math.Clamp(-from, 0, run.Length);
        return (before, Math.Clamp(width * channels - from, before, run.Length) - before);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool IsInside(in WindowPlace place) =>
        place.Top >= 0 && place.Left >= 0 && place.Top + span <= height && place.Left + span <= width;

    WindowPlace Place(int window)
    {
        var (image, within) = Math.DivRem(window, rows * columns);
        var (y, x) = Math.DivRem(within, columns);
        var (top, left) = (y * step - padding, x * step - padding);
        return new() { Top = top, Left = left, Y = y, X = x, Corner = (((nint)image * height + top) * width + left) * stride };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Advance(ref WindowPlace place)
    {
        place.X++;
        place.Left += step;
        place.Corner += step * stride;
        if (place.X == columns) NextRow(ref place);
    }

    /// <summary>To the first window of the row below; below the last row begins the next image.</summary>
    void NextRow(ref WindowPlace place)
    {
        place.Corner += (step * width - place.X * (nint)step) * stride;
        place.X = 0;
        place.Left = -padding;
        place.Y++;
        place.Top += step;
        if (place.Y < rows) return;
        place.Y = 0;
        place.Top = -padding;
        place.Corner += (height - (nint)rows * step) * width * stride;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Copy(float* from, float* to, int length)
    {
        if (length >= 32 && Vector512.IsHardwareAccelerated)
        {
            for (var i = 0; i < length - 16; i += 16) Vector512.Load(from + i).Store(to + i);
            Vector512.Load(from + length - 16).Store(to + length - 16);
        }
        else if (length >= 8)
        {
            // The last eight may be copied twice.
            for (var i = 0; i < length - 8; i += 8) Vector256.Load(from + i).Store(to + i);
            Vector256.Load(from + length - 8).Store(to + length - 8);
        }
        else if (length >= 4)
        {
            var last = Vector128.Load(from + length - 4);
            Vector128.Load(from).Store(to);
            last.Store(to + length - 4);
        }
        else
        {
            for (var i = 0; i < length; i++) to[i] = from[i];
        }
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
        if (i <= length - 8)
        {
            (Vector256.Load(from + i) + Vector256.Load(to + i)).Store(to + i);
            i += 8;
        }
        if (i <= length - 4)
        {
            (Vector128.Load(from + i) + Vector128.Load(to + i)).Store(to + i);
            i += 4;
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

    /// <summary>Columns of a window that lie side by side in an image.</summary>
    struct Run
    {
        /// <summary>Where they lie from a window's corner, in positions; and the first one's channel.</summary>
        public int Row, Column, Channel;

        /// <summary>How many there are.</summary>
        public int Length;

        /// <summary>From the corner, in floats.</summary>
        public nint Offset;
    }

    /// <summary>Where a window lies.</summary>
    struct WindowPlace
    {
        /// <summary>Its ordinals in its image.</summary>
        public int Y, X;

        /// <summary>The position of its first tap, outside the image perhaps; and the same in floats from the first image.</summary>
        public int Top, Left;

        /// <inheritdoc cref="Top"/>
        public nint Corner;
    }
}
