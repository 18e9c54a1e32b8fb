namespace Zoo.Samples.Data;

/// <summary>Examples as floats, to train on and to test with.</summary>
/// <param name="Name">What to call them.</param>
/// <param name="Training">[count × size].</param>
/// <param name="Test">[count × size]; never trained on where it is another.</param>
/// <param name="Height">Of an example that is an image; 0: it is none.</param>
/// <param name="Width">Of an example that is an image, else its numbers.</param>
internal sealed record ExampleSet(string Name, float[] Training, float[] Test, int Height, int Width)
{
    /// <summary>Numbers of an example.</summary>
    public int Size => Math.Max(Height, 1) * Width;

    /// <summary>Handwritten digits of 8 × 8 pixels: every fifth is for the test.</summary>
    public static ExampleSet Digits()
    {
        var (values, _) = DigitImages.Load();
        float[] Part(bool isTest) => [.. values.Chunk(64).Where((_, i) => (i % 5 == 4) == isTest).SelectMany(row => row)];
        return new("Digits, built in", Part(isTest: false), Part(isTest: true), 8, 8);
    }

    /// <summary>Every image whose rows are alike, then every image whose columns are: the empty and the full one twice.</summary>
    public static ExampleSet BarsAndStripes(int side)
    {
        var bars = Enumerable.Range(0, 1 << side).SelectMany(bits => Pixels(side, (_, column) => bits >> column & 1));
        var stripes = Enumerable.Range(0, 1 << side).SelectMany(bits => Pixels(side, (row, _) => bits >> row & 1));
        float[] all = [.. bars, .. stripes];
        return new($"Bars and stripes of {side} × {side}", all, all, side, side);
    }

    static IEnumerable<float> Pixels(int side, Func<int, int, int> pixel) =>
        Enumerable.Range(0, side * side).Select(i => (float)pixel(i / side, i % side));

    /// <summary>Two independent Laplace sources, mixed by a random matrix and whitened on the half that is trained on.</summary>
    public static ExampleSet LaplaceMixture(int training, int test, ulong seed) => LaplaceSources.Mixture(training, test, seed);
}
