namespace Zoo.Benchmarks;

/// <summary>The 10,000 images of Fashion-MNIST that come with the sample.</summary>
static class EmbeddedImages
{
    const int Side = 28;
    const int PooledSide = 8;
    static readonly Lazy<ImageSet> Loaded = new(Load);

    public static ImageSet Training => Loaded.Value;

    /// <summary>
    /// Images in file order from an ordinal on, as many as fit: whole ones of 784 pixels, or of 64, the means of 3 × 3 pixels of the
    /// middle.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no images of that size.</exception>
    public static void Copy(int first, int size, Span<float> batch)
    {
        if (size is not (Side * Side or PooledSide * PooledSide))
            throw new ArgumentOutOfRangeException(nameof(size), size, "Images have 784 or 64 pixels.");
        Span<float> image = stackalloc float[Side * Side];
        for (var i = 0; i < batch.Length / size; i++)
        {
            Training.CopyExample((first + i) % Training.Count, image);
            var target = batch.Slice(i * size, size);
            if (size == image.Length) image.CopyTo(target);
            else Pool(image, target);
        }
    }

    static void Pool(ReadOnlySpan<float> image, Span<float> pooled)
    {
        for (var i = 0; i < pooled.Length; i++)
        {
            var sum = 0f;
            for (var k = 0; k < 9; k++) sum += image[(2 + i / PooledSide * 3 + k / 3) * Side + 2 + i % PooledSide * 3 + k % 3];
            pooled[i] = sum / 9;
        }
    }

    static ImageSet Load()
    {
        static Stream Open(string name) =>
            typeof(EmbeddedImages).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidDataException($"The program was built without its resource {name}.");
        using var images = Open("train-images-idx3-ubyte.gz");
        using var labels = Open("train-labels-idx1-ubyte.gz");
        return ImageSet.Load(images, labels, "embedded");
    }
}
