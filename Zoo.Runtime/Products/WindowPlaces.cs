namespace Zoo.Runtime;

/// <summary>
/// Where the numbers of windows lie: number c of window w is at the address of w's first tap and c's offset, whichever window it is.
/// </summary>
unsafe struct WindowPlaces
{
    readonly WindowGeometry geometry;
    readonly int channels, windows, windowColumns;
    PaddedImages images;

    /// <summary>The windows over images whose positions are rows of channels.</summary>
    public WindowPlaces(float* images, in WindowGeometry geometry, int channels, nint stride, float* scratch, int scratchFloats)
    {
        (this.geometry, this.channels) = (geometry, channels);
        (windows, windowColumns) = (geometry.Count, geometry.WindowColumns);
        this.images = new(images, geometry, channels, stride, scratch, scratchFloats);
    }

    /// <summary>How many windows one after the other, from wherever, can be at hand.</summary>
    public readonly int Most => (int)Math.Min(int.MaxValue, Math.Max(0, images.Most - 1L) * windows + Math.Min(1, images.Most));

    /// <summary>The memory of images behind those over which the last windows lie, up to the image of another window.</summary>
    /// <param name="endWindow">One past that window.</param>
    /// <param name="floats">How much.</param>
    public readonly float* Ahead(int endWindow, out nint floats)
    {
        floats = Math.Max(0, (endWindow + windows - 1) / windows - images.End) * images.Floats;
        return images.Next;
    }

    /// <summary>The addresses of the first taps of windows, no more than <see cref="Most"/>.</summary>
    public void Rows(int first, int count, float** to)
    {
        var (image, within) = Math.DivRem(first, windows);
        images.Bring(image, (first + count - 1) / windows + 1);
        var (y, x) = Math.DivRem(within, windowColumns);
        int along = images.Offset(0, geometry.Stride), down = images.Offset(geometry.Stride, 0), rows = geometry.WindowRows;
        var line = images.At(image) + y * down;
        for (var i = 0; i < count;)
        {
            var end = Math.Min(count, i + windowColumns - x);
            for (var at = line + x * along; i < end; i++, at += along) to[i] = at;
            x = 0;
            line += down;
            if (++y < rows || i == count) continue;
            y = 0;
            line = images.At(++image);
        }
    }

    /// <summary>The same as offsets from the first of them.</summary>
    public float* Offsets(int first, int count, int* to)
    {
        var rows = stackalloc float*[count];
        Rows(first, count, rows);
        for (var i = 0; i < count; i++) to[i] = (int)(rows[i] - rows[0]);
        return rows[0];
    }

    /// <summary>The offsets of a window's numbers.</summary>
    public readonly void Columns(int first, int count, int* to)
    {
        var (tap, channel) = Math.DivRem(first, channels);
        for (var i = 0; i < count; tap++, channel = 0)
        {
            var (y, x) = Math.DivRem(tap, geometry.Kernel);
            var offset = images.Offset(y * geometry.Dilation, x * geometry.Dilation);
            for (; channel < channels && i < count; channel++) to[i++] = offset + channel;
        }
    }
}
