namespace Zoo;

/// <summary>An <see cref="Augmentation"/> at work on images of one shape. Allocates nothing after construction.</summary>
internal sealed class Augmenter
{
    // Names of streams: never to be renumbered, or old runs cannot be resumed.
    const int Crop = 0, Flip = 1, Dequantise = 2, Binarise = 3;

    readonly Augmentation options;
    readonly ImageShape shape;
    readonly ulong seed;
    readonly float[] original;

    /// <exception cref="ArgumentException">A shape is missing or does not fit, or the padding is negative or too large.</exception>
    public Augmenter(Augmentation options, IExamples examples, ulong seed)
    {
        (this.options, this.seed) = (options, seed);
        var padding = options.CropPadding;
        if (padding < 0) throw new ArgumentException($"Expected a crop padding of at least 0, got {padding}.", nameof(options));
        if (options.Shape is { } asked && examples.Shape is { } has && asked != has)
            throw new ArgumentException($"Expected images of {has}, as the examples are, got an augmentation of {asked}.", nameof(options));
        if ((options.Shape ?? examples.Shape) is { } known)
        {
            if (known.Channels < 1 || known.Height < 1 || known.Width < 1 || known.Size != examples.ExampleSize)
                throw new ArgumentException(
                    $"Expected a shape of {examples.ExampleSize} values (the size of one example), got {known}.", nameof(options));
            shape = known;
        }
        else if (padding > 0 || options.HorizontalFlip)
            throw new ArgumentException(
                "Cropping and flipping need the axes of an image, which rows of floats do not have: set Augmentation.Shape.",
                nameof(options));
        // With more, whole images of zeros could come.
        if (padding > 0 && padding >= Math.Min(shape.Height, shape.Width))
            throw new ArgumentException(
                $"Expected a crop padding below {Math.Min(shape.Height, shape.Width)} for images of {shape}, got {padding}.",
                nameof(options));
        original = padding > 0 ? new float[examples.ExampleSize] : [];
    }

    /// <summary>Changes example <paramref name="example"/> as it comes in <paramref name="epoch"/>.</summary>
    public void Apply(Span<float> image, long epoch, int example)
    {
        if (options.CropPadding > 0) CropPadded(image, SplitMix64.ForExample(seed, epoch, example, Crop));
        if (options.HorizontalFlip && SplitMix64.ForExample(seed, epoch, example, Flip).Next(2) == 1)
        {
            for (var row = 0; row < shape.Channels * shape.Height; row++) image.Slice(row * shape.Width, shape.Width).Reverse();
        }
        if (options.Dequantise) AddLevelNoise(image, SplitMix64.ForExample(seed, epoch, example, Dequantise));
        if (options.Binarise) Draw(image, SplitMix64.ForExample(seed, epoch, example, Binarise));
    }

    void CropPadded(Span<float> image, SplitMix64 random)
    {
        var padding = options.CropPadding;
        var (down, right) = (random.Next(2 * padding + 1) - padding, random.Next(2 * padding + 1) - padding);
        image.CopyTo(original);
        image.Clear();
        var (first, end) = (Math.Max(0, -right), Math.Min(shape.Width, shape.Width - right));
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var row = Math.Max(0, -down); row < Math.Min(shape.Height, shape.Height - down); row++)
            {
                var (from, to) = ((channel * shape.Height + row + down) * shape.Width, (channel * shape.Height + row) * shape.Width);
                original.AsSpan(from + right + first, end - first).CopyTo(image[(to + first)..]);
            }
        }
    }

    // Sixteen bits of noise: with more, 255 + u could round to 256, a value of 1.
    static void AddLevelNoise(Span<float> image, SplitMix64 random)
    {
        foreach (ref var x in image) x = (MathF.Round(x * 255) + (random.Next() >> 48) * (1f / 65536)) / 256;
    }

    static void Draw(Span<float> image, SplitMix64 random)
    {
        foreach (ref var x in image)
        {
            var u = (random.Next() >> 40) * (1f / (1 << 24));
            x = float.IsNaN(x) ? x : u < x ? 1 : 0;
        }
    }
}
