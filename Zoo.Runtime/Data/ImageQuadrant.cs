namespace Zoo;

/// <summary>A corner of an image.</summary>
public enum Corner
{
    /// <summary>First rows, first columns.</summary>
    UpperLeft,

    /// <summary>First rows, last columns.</summary>
    UpperRight,

    /// <summary>Last rows, first columns.</summary>
    LowerLeft,

    /// <summary>Last rows, last columns.</summary>
    LowerRight,
}

/// <summary>
/// One quarter of images of a size, and the rest of them: what a model that completes images is given, and what it makes of it (Sohn, Lee
/// and Yan 2015, section 5.1). Both have their pixels in the order in which the image has them.
/// </summary>
public sealed class ImageQuadrant
{
    readonly int[] quadrant, rest;

    /// <param name="height">Rows of an image: even.</param>
    /// <param name="width">Columns of an image: even.</param>
    /// <param name="corner">Where the quarter is.</param>
    /// <exception cref="ArgumentException">A size that is odd or below 2.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such corner.</exception>
    public ImageQuadrant(int height, int width, Corner corner)
    {
        if (height < 2 || width < 2 || height % 2 != 0 || width % 2 != 0)
            throw new ArgumentException(
                $"Expected images with even numbers of rows and columns, which have quarters, got {height} × {width}.");
        if (!Enum.IsDefined(corner)) throw new ArgumentOutOfRangeException(nameof(corner), corner, "Expected a corner of an image.");
        var (isLower, isRight) = (corner is Corner.LowerLeft or Corner.LowerRight, corner is Corner.UpperRight or Corner.LowerRight);
        bool IsInside(int pixel) => pixel / width >= height / 2 == isLower && pixel % width >= width / 2 == isRight;
        int[] pixels = [.. Enumerable.Range(0, height * width)];
        (quadrant, rest) = ([.. pixels.Where(IsInside)], [.. pixels.Where(pixel => !IsInside(pixel))]);
    }

    /// <summary>Pixels of an image.</summary>
    public int ImageSize => quadrant.Length + rest.Length;

    /// <summary>Pixels of the quarter.</summary>
    public int Size => quadrant.Length;

    /// <summary>Pixels of the rest.</summary>
    public int RestSize => rest.Length;

    /// <summary>Takes images apart. Allocates nothing.</summary>
    /// <param name="images">[count × <see cref="ImageSize"/>].</param>
    /// <param name="quadrants">Receives [count × <see cref="Size"/>].</param>
    /// <param name="rests">Receives [count × <see cref="RestSize"/>].</param>
    /// <exception cref="ArgumentException">Lengths that do not belong together.</exception>
    public void Split(ReadOnlySpan<float> images, Span<float> quadrants, Span<float> rests)
    {
        var count = Count(images.Length, quadrants.Length, rests.Length);
        for (var i = 0; i < count; i++)
        {
            var image = images.Slice(i * ImageSize, ImageSize);
            for (var k = 0; k < Size; k++) quadrants[i * Size + k] = image[quadrant[k]];
            for (var k = 0; k < RestSize; k++) rests[i * RestSize + k] = image[rest[k]];
        }
    }

    /// <summary>Puts images together again. Allocates nothing.</summary>
    /// <param name="quadrants">[count × <see cref="Size"/>].</param>
    /// <param name="rests">[count × <see cref="RestSize"/>].</param>
    /// <param name="images">Receives [count × <see cref="ImageSize"/>].</param>
    /// <exception cref="ArgumentException">Lengths that do not belong together.</exception>
    public void Join(ReadOnlySpan<float> quadrants, ReadOnlySpan<float> rests, Span<float> images)
    {
        var count = Count(images.Length, quadrants.Length, rests.Length);
        for (var i = 0; i < count; i++)
        {
            var image = images.Slice(i * ImageSize, ImageSize);
            for (var k = 0; k < Size; k++) image[quadrant[k]] = quadrants[i * Size + k];
            for (var k = 0; k < RestSize; k++) image[rest[k]] = rests[i * RestSize + k];
        }
    }

    int Count(int images, int quadrants, int rests)
    {
        if (images % ImageSize != 0)
            throw new ArgumentException($"Expected a multiple of {ImageSize} pixels (one image), but got {images}.");
        var count = images / ImageSize;
        return (quadrants, rests) == (count * Size, count * RestSize)
            ? count
            : throw new ArgumentException(
                $"Expected {count * Size} pixels of quarters and {count * RestSize} of their rests ({count} images), but got {quadrants} "
                    + $"and {rests}.");
    }
}
