namespace Zoo;

/// <summary>
/// Images of one shape with a label each, kept as bytes: MNIST (LeCun et al. 1998), Fashion-MNIST (Xiao, Rasul and Vollgraf 2017), EMNIST
/// (Cohen et al. 2017), CIFAR (<see cref="CifarFile"/>) and kin.
/// </summary>
/// <remarks>Bytes become floats on access: a pixel of 0 to 255 is 0 to 1, divided by 255. Nothing else is done to them, so no pixel of an
/// image set is NaN or infinite.</remarks>
public sealed class ImageSet : IExamples
{
    readonly ReadOnlyMemory<byte> pixels;
    readonly ReadOnlyMemory<byte> labels;

    /// <summary>A set of grey images over bytes in memory, which are not copied.</summary>
    /// <param name="height">Rows of an image, in pixels.</param>
    /// <param name="width">Columns of an image, in pixels.</param>
    /// <param name="pixels">[count × height × width], columns fastest.</param>
    /// <param name="labels">[count]; its length is the number of images.</param>
    /// <exception cref="ArgumentException">A size below 1, or a number of pixels that is not labels × height × width.</exception>
    public ImageSet(int height, int width, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
        : this(new ImageShape(1, height, width), pixels, labels) { }

    /// <summary>A set over bytes in memory, which are not copied.</summary>
    /// <param name="shape">Channels, rows and columns of an image.</param>
    /// <param name="pixels">[count × channels × height × width], columns fastest.</param>
    /// <param name="labels">[count]; its length is the number of images.</param>
    /// <exception cref="ArgumentException">A size below 1, or a number of pixels that is not labels × channels × height ×
    /// width.</exception>
    public ImageSet(ImageShape shape, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
    {
        var (channels, height, width) = shape;
        if (channels < 1 || height < 1 || width < 1 || (long)height * width > Array.MaxLength || shape.Size > Array.MaxLength)
            throw new ArgumentException($"Expected images of at least 1 × 1 and at most {Array.MaxLength} pixels, got {shape}.");
        if (pixels.Length != labels.Length * shape.Size)
            throw new ArgumentException($"Expected {labels.Length * shape.Size} pixels for {labels.Length} images of {shape}, got "
                + $"{pixels.Length}.", nameof(pixels));
        (Shape, this.pixels, this.labels) = (shape, pixels, labels);
    }

    /// <summary>Number of images.</summary>
    public int Count => labels.Length;

    /// <summary>Channels, rows and columns of an image.</summary>
    public ImageShape Shape { get; }

    ImageShape? IExamples.Shape => Shape;

    /// <summary>Channels of an image: 1 for grey, 3 for red, green and blue.</summary>
    public int Channels => Shape.Channels;

    /// <summary>Rows of an image, in pixels.</summary>
    public int Height => Shape.Height;

    /// <summary>Columns of an image, in pixels.</summary>
    public int Width => Shape.Width;

    /// <summary>Values of an image: channels × height × width.</summary>
    public int ExampleSize => (int)Shape.Size;

    /// <summary>[count]: the class of each image, as the file has it.</summary>
    public ReadOnlySpan<byte> Labels => labels.Span;

    /// <summary>[channels × height × width]: the bytes of one image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        Require(index, 1);
        return pixels.Span.Slice(index * ExampleSize, ExampleSize);
    }

    /// <summary>The class of one image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public int Label(int index)
    {
        Require(index, 1);
        return labels.Span[index];
    }

    /// <summary>Writes one image, scaled to [0, 1], to <paramref name="destination"/> of [channels × height × width].</summary>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public void CopyExample(int index, Span<float> destination) => CopyExamples(index, 1, destination);

    /// <summary>
    /// Writes images <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> − 1, scaled to [0, 1], to
    /// <paramref name="destination"/> of [count × channels × height × width].
    /// </summary>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no such images.</exception>
    public void CopyExamples(int start, int count, Span<float> destination)
    {
        Require(start, count);
        if (destination.Length != (long)count * ExampleSize)
            throw new ArgumentException($"Expected room for {(long)count * ExampleSize} floats ({count} images of {Shape}), got "
                + $"{destination.Length}.", nameof(destination));
        PixelScale.Scale(pixels.Span.Slice(start * ExampleSize, destination.Length), destination);
    }

    /// <summary>The first <paramref name="count"/> images, sharing this set's memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public ImageSet Take(int count)
    {
        Require(0, count);
        return new ImageSet(Shape, pixels[..(count * ExampleSize)], labels[..count]);
    }

    /// <summary>The same images with rows and columns exchanged, in memory of its own: what EMNIST's files need.</summary>
    public ImageSet Transpose()
    {
        var turned = new byte[pixels.Length];
        var from = pixels.Span;
        for (var plane = 0; plane < turned.Length; plane += Height * Width)
        {
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++) turned[plane + x * Height + y] = from[plane + y * Width + x];
            }
        }
        return new ImageSet(new ImageShape(Channels, Width, Height), turned, labels);
    }

    /// <summary>Reads a pair of IDX files, each gzip or plain.</summary>
    /// <param name="images">The file of images: unsigned bytes, [count, height, width].</param>
    /// <param name="labels">The file of labels: unsigned bytes, [count].</param>
    /// <param name="transposed">
    /// Whether the file has columns where others have rows, to be exchanged on reading; null goes by its name: those that begin with
    /// <c>emnist-</c> have (Cohen et al. 2017).
    /// </param>
    /// <exception cref="FileNotFoundException">One of them does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is truncated, oversized, damaged, of another type or rank, or the two disagree in
    /// count.</exception>
    public static ImageSet Load(string images, string labels, bool? transposed = null)
    {
        var set = Pair(IdxFile.Read(images, rank: 3), images, IdxFile.Read(labels, rank: 1), labels);
        return transposed ?? Path.GetFileName(images).StartsWith(IdxFolder.Emnist, StringComparison.OrdinalIgnoreCase)
            ? set.Transpose()
            : set;
    }

    /// <summary>Reads a pair of IDX streams, each gzip or plain, to their ends.</summary>
    /// <param name="images">The images: unsigned bytes, [count, height, width].</param>
    /// <param name="labels">The labels: unsigned bytes, [count].</param>
    /// <param name="name">What error messages call the two: "<paramref name="name"/> images" and "<paramref name="name"/> labels".</param>
    /// <exception cref="InvalidDataException">A stream is truncated, oversized, damaged, of another type or rank, or the two disagree in
    /// count.</exception>
    public static ImageSet Load(Stream images, Stream labels, string name)
    {
        var (imagesName, labelsName) = ($"{name} images", $"{name} labels");
        return Pair(IdxFile.Read(images, imagesName, rank: 3), imagesName, IdxFile.Read(labels, labelsName, rank: 1), labelsName);
    }

    /// <summary>
    /// Reads the training or test half of a folder by the names that MNIST gave: <c>train-images-idx3-ubyte</c>,
    /// <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c>, <c>t10k-labels-idx1-ubyte</c>; with or without <c>.gz</c>, with
    /// <c>-</c> or <c>.</c> before <c>idx</c>, with <c>test</c> for <c>t10k</c>. Or by EMNIST's,
    /// <c>emnist-balanced-train-images-idx3-ubyte</c>
    /// and so on, whose images are turned upright.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="training">Whether the training half.</param>
    /// <param name="split">Which split of EMNIST (balanced, byclass, bymerge, digits, letters, mnist); null where the folder has one at
    /// most.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file is missing under all of its names; the message lists them.</exception>
    /// <exception cref="InvalidDataException">A file is truncated, oversized, damaged, of another type or rank, the two disagree in
    /// count, or there are several splits and none was named.</exception>
    public static ImageSet LoadFolder(string directory, bool training, string? split = null)
    {
        var (images, labels) = IdxFolder.Find(directory, training, split);
        return Load(images, labels);
    }

    static ImageSet Pair(IdxFile images, string imagesName, IdxFile labels, string labelsName)
    {
        if (images.Sizes[0] != labels.Sizes[0])
            throw new InvalidDataException($"{labelsName}: expected {images.Sizes[0]} labels, one for each image of {imagesName}, got "
                + $"{labels.Sizes[0]}.");
        return new ImageSet(images.Sizes[1], images.Sizes[2], images.Data, labels.Data);
    }

    void Require(int start, int count)
    {
        if (Count == 0 && (start | count) != 0)
            throw new ArgumentOutOfRangeException(nameof(start), $"The set has no images; {count} from {start} on were asked for.");
        if (start < 0 || count < 0 || start > Count - count)
            throw new ArgumentOutOfRangeException(nameof(start), $"Expected images within 0 to {Count - 1}, got {count} from {start} on.");
    }
}
