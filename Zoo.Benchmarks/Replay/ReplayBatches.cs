namespace Zoo.Benchmarks.Replay;

/// <summary>Fills the batch of a step, the same wherever it runs.</summary>
/// <param name="step">Counted from 0.</param>
/// <param name="batch">The examples, one after the other.</param>
delegate void FillBatch(int step, Span<float> batch);

/// <summary>What replayed models see: functions of the step alone.</summary>
static class ReplayBatches
{
    static readonly Lazy<ImageSet> Embedded = new(Load);

    /// <summary>The embedded images of Fashion-MNIST in file order.</summary>
    public static void Images(int step, Span<float> batch)
    {
        var images = Embedded.Value;
        var rows = batch.Length / images.ExampleSize;
        for (var i = 0; i < rows; i++)
            images.CopyExample((step * rows + i) % images.Count, batch.Slice(i * images.ExampleSize, images.ExampleSize));
    }

    /// <summary>Eight Gaussians of deviation 0.02 on a circle of radius 2.</summary>
    public static void Ring(int step, Span<float> batch) =>
        Mixture(step, batch, 8, 0.02, mode => (2 * Math.Cos(mode * Math.PI / 4), 2 * Math.Sin(mode * Math.PI / 4)));

    /// <summary>
    /// 25 Gaussians of deviation 0.05 at the points of {−4, −2, 0, 2, 4}², all divided by 2.828 as in Gulrajani et al.'s code.
    /// </summary>
    public static void Grid(int step, Span<float> batch) =>
        Mixture(step, batch, 25, 0.05 / 2.828, mode => ((2 * (mode % 5) - 4) / 2.828, (2 * (mode / 5) - 4) / 2.828));

    static void Mixture(int step, Span<float> points, int modes, double deviation, Func<int, (double X, double Y)> centre)
    {
        var random = SplitMix64.ForEpoch(seed: 1, step);
        // In (0, 1]: its logarithm is finite.
        double Uniform() => ((random.Next() >> 11) + 1) * Math.Pow(2, -53);
        for (var i = 0; i < points.Length; i += 2)
        {
            var (x, y) = centre(random.Next(modes));
            // Box and Muller 1958.
            var radius = deviation * Math.Sqrt(-2 * Math.Log(Uniform()));
            var (sin, cos) = Math.SinCos(2 * Math.PI * Uniform());
            (points[i], points[i + 1]) = ((float)(x + radius * cos), (float)(y + radius * sin));
        }
    }

    static ImageSet Load()
    {
        static Stream Open(string name) => typeof(ReplayBatches).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"The program was built without its resource {name}.");
        using var images = Open("train-images-idx3-ubyte.gz");
        using var labels = Open("train-labels-idx1-ubyte.gz");
        return ImageSet.Load(images, labels, "embedded");
    }
}
