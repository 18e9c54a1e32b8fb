namespace Zoo.Benchmarks.Replay;

/// <summary>Fills the batch of a step, the same wherever it runs.</summary>
/// <param name="step">Counted from 0.</param>
/// <param name="batch">What is filled.</param>
delegate void FillBatch(int step, ReplayBatch batch);

/// <summary>What replayed models see: functions of the step alone.</summary>
static class ReplayBatches
{
    static readonly Lazy<ImageSet> Embedded = new(Load);

    /// <summary>The embedded images of Fashion-MNIST in file order.</summary>
    public static void Images(int step, ReplayBatch batch)
    {
        var images = Embedded.Value;
        var rows = batch.X.Length / images.ExampleSize;
        for (var i = 0; i < rows; i++) Copy(step * rows + i, batch.X.AsSpan(i * images.ExampleSize, images.ExampleSize));
    }

    /// <summary>The same with their labels.</summary>
    public static void LabelledImages(int step, ReplayBatch batch)
    {
        Images(step, batch);
        var rows = batch.Labels.Length;
        for (var i = 0; i < rows; i++) batch.Labels[i] = Embedded.Value.Label((step * rows + i) % Embedded.Value.Count);
    }

    /// <summary>The same with two labels of every three.</summary>
    public static void PartlyLabelledImages(int step, ReplayBatch batch)
    {
        LabelledImages(step, batch);
        for (var i = step % 3; i < batch.Labels.Length; i += 3) batch.Labels[i] = -1;
    }

    /// <summary>The same in two parts: the condition is the lower left quarter.</summary>
    public static void Quadrants(int step, ReplayBatch batch)
    {
        var quadrant = new ImageQuadrant(Embedded.Value.Height, Embedded.Value.Width, Corner.LowerLeft);
        var rows = batch.X.Length / quadrant.RestSize;
        var images = new float[rows * quadrant.ImageSize];
        for (var i = 0; i < rows; i++) Copy(step * rows + i, images.AsSpan(i * quadrant.ImageSize, quadrant.ImageSize));
        quadrant.Split(images, batch.Condition, batch.X);
    }

    static void Copy(int index, Span<float> image) => Embedded.Value.CopyExample(index % Embedded.Value.Count, image);

    /// <summary>Eight Gaussians of deviation 0.02 on a circle of radius 2.</summary>
    public static void Ring(int step, ReplayBatch batch) =>
        Mixture(step, batch.X, 8, 0.02, mode => (2 * Math.Cos(mode * Math.PI / 4), 2 * Math.Sin(mode * Math.PI / 4)));

    /// <summary>
    /// 25 Gaussians of deviation 0.05 at the points of {−4, −2, 0, 2, 4}², all divided by 2.828 as in Gulrajani et al.'s code.
    /// </summary>
    public static void Grid(int step, ReplayBatch batch) =>
        Mixture(step, batch.X, 25, 0.05 / 2.828, mode => ((2 * (mode % 5) - 4) / 2.828, (2 * (mode / 5) - 4) / 2.828));

    /// <summary>Four one-hot rows by turns.</summary>
    public static void FourPoints(int step, ReplayBatch batch)
    {
        for (var i = 0; i < batch.X.Length; i++) batch.X[i] = i % 4 == i / 4 % 4 ? 1 : 0;
    }

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
