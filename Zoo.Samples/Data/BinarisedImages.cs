using Zoo.Samples.CommandLine;

namespace Zoo.Samples.Data;

/// <summary>Garments, or other images of 28 × 28, with every pixel above one half set.</summary>
internal static class BinarisedImages
{
    /// <exception cref="CommandException">Images of another size, or too few of them.</exception>
    public static ExampleSet Of(DataSource source, int batchSize)
    {
        source.RequireFor(batchSize);
        return new(
            $"{source.Name}, binarised", Bits(source.Training), Bits(source.Test), source.Training.Height, source.Training.Width);
    }

    static float[] Bits(ImageSet images)
    {
        var pixels = new float[images.Count * images.ExampleSize];
        for (var i = 0; i < images.Count; i++) images.CopyExample(i, pixels.AsSpan(i * images.ExampleSize, images.ExampleSize));
        return Bits(pixels);
    }

    /// <summary>1 above one half, else 0.</summary>
    public static float[] Bits(float[] pixels) => Array.ConvertAll(pixels, pixel => pixel > 0.5f ? 1f : 0f);
}
