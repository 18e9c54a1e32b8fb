namespace Zoo.Samples.Data;

/// <summary>The images inside the program; README.md in this folder says how they were made.</summary>
internal static class EmbeddedImages
{
    /// <param name="half">"train" or "t10k".</param>
    public static ImageSet Load(string half)
    {
        using var images = Open($"{half}-images-idx3-ubyte.gz");
        using var labels = Open($"{half}-labels-idx1-ubyte.gz");
        return ImageSet.Load(images, labels, $"built-in {half}");
    }

    static Stream Open(string name) =>
        typeof(EmbeddedImages).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"The program was built without its resource {name}.");
}
