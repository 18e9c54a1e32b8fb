using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>
/// Images with their border of zeros around them, a few at a time, in a worker's own memory: every window over them is inside, and a table
/// says where its numbers lie. Images that need no border are read where they are.
/// </summary>
unsafe struct PaddedImages
{
    // Of so many it is noted whether their border is zero yet.
    const int MostSlots = 64;

    const int LinesAhead = 16;

    readonly float* images, scratch;
    readonly int height, width, channels, low, slots;
    readonly nint stride;

    // Floats from one image of those that are read to the next, from one of its rows to the next, and from one position to the next.
    readonly nint image;
    readonly int row, position;

    // The images that are here, and the places whose borders are zero.
    int first, end;
    ulong cleared;

    /// <param name="images">The first image, a row of channels for each position.</param>
    /// <param name="height">Rows of positions.</param>
    /// <param name="width">Positions of a row.</param>
    /// <param name="channels">Numbers of a position.</param>
    /// <param name="stride">Floats from one position to the next.</param>
    /// <param name="low">Rows and columns of zeros above and to the left.</param>
    /// <param name="below">Rows of zeros below.</param>
    /// <param name="right">Columns of zeros to the right.</param>
    /// <param name="scratch">Memory of this worker.</param>
    /// <param name="scratchFloats">How much.</param>
    public PaddedImages(
        float* images, int height, int width, int channels, nint stride, int low, int below, int right, float* scratch, int scratchFloats)
    {
        this.images = images;
        this.scratch = scratch;
        (this.stride, this.low) = (stride, low);
        (this.height, this.width, this.channels) = (height, width, channels);
        IsInPlace = low == 0 && below == 0 && right == 0;
        if (IsInPlace)
        {
            position = checked((int)stride);
            row = checked(width * position);
            image = (nint)height * row;
            slots = int.MaxValue;
        }
        else
        {
            position = channels;
            var floats = (long)(width + low + right) * channels;
            image = (nint)(floats * (height + low + below));
            row = (int)floats;
            slots = (int)Math.Min(MostSlots, scratchFloats / image);
        }
    }

    /// <summary>The images that windows of a geometry lie over.</summary>
    public PaddedImages(float* images, in WindowGeometry geometry, int channels, nint stride, float* scratch, int scratchFloats)
        : this(images, geometry.Height, geometry.Width, channels, stride, geometry.Padding, geometry.Padding, geometry.Padding, scratch,
            scratchFloats)
    { }

    /// <summary>Whether they are read where they are.</summary>
    public bool IsInPlace { get; }

    /// <summary>Images that can be here at a time.</summary>
    public readonly int Most => slots;

    /// <summary>Where an image starts, with its border; it is one of those that were brought last.</summary>
    public readonly float* At(int ordinal) => IsInPlace ? images + ordinal * image : scratch + ordinal % slots * image;

    /// <summary>Where a position lies from its image's start; the border counts.</summary>
    public readonly int Offset(int y, int x) => y * row + x * position;

    /// <summary>The image after those that are here, where it lies.</summary>
    public readonly float* Next => images + (nint)end * height * width * stride;

    /// <summary>How many there are of them behind the first.</summary>
    public readonly int End => end;

    /// <summary>Floats of an image where it lies.</summary>
    public readonly nint Floats => (nint)height * width * stride;

    /// <summary>Sees to it that some images are here, no more than <see cref="Most"/>.</summary>
    public void Bring(int from, int to)
    {
        if (from < first || from > end) (first, end) = (from, from);
        if (IsInPlace) (first, end) = (from, to);
        for (; end < to; end++) Pad(end);
        first = Math.Max(first, end - slots);
    }

    void Pad(int ordinal)
    {
        var slot = ordinal % slots;
        var to = scratch + slot * image;
        if ((cleared >> slot & 1) == 0) new Span<float>(to, (int)image).Clear();
        cleared |= 1ul << slot;
        var from = images + (nint)ordinal * height * width * stride;
        to += Offset(low, low);
        for (var y = 0; y < height; y++, to += row)
        {
            if (stride == channels)
            {
                Copy(from, to, width * channels);
                from += width * stride;
                continue;
            }
            for (var x = 0; x < width; x++, from += stride) Copy(from, to + x * channels, channels);
        }
    }

    /// <summary>In steps of a line of memory, each of which asks for one a few lines ahead: images come from far away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Copy(float* from, float* to, int length)
    {
        var i = 0;
        for (; i <= length - 16; i += 16)
        {
            Cache.Ahead(from + i + LinesAhead * 16);
            var (x, y) = (Vector256.Load(from + i), Vector256.Load(from + i + 8));
            x.Store(to + i);
            y.Store(to + i + 8);
        }
        for (; i < length; i++) to[i] = from[i];
    }
}
