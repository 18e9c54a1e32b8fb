using Zoo.Samples.Data;

namespace Zoo.Samples.Figures;

/// <summary>Writes the mean of p(x|z) for each code.</summary>
internal delegate void PlaneDecoder(ReadOnlySpan<float> codes, Span<float> images);

/// <summary>Images of places in the plane of codes.</summary>
internal static class PlaneCodes
{
    public static float[] Examples(ImageSet set)
    {
        var examples = new float[set.Count * set.ExampleSize];
        set.CopyExamples(0, set.Count, examples);
        return examples;
    }

    /// <summary>Images at evenly spaced percentiles of N(0, I), row by row from the top, the second number falling downwards.</summary>
    public static float[] Manifold(PlaneDecoder decode, int side, int size)
    {
        var quantiles = NormalQuantiles.Of(side);
        return Images(decode, side * side, size, i => (quantiles[i % side], quantiles[side - 1 - i / side]));
    }

    /// <summary>Images of so many places.</summary>
    public static float[] Images(PlaneDecoder decode, int count, int size, Func<int, (double X, double Y)> place)
    {
        var (codes, images) = (new float[2 * count], new float[count * size]);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = place(i);
            (codes[2 * i], codes[2 * i + 1]) = ((float)x, (float)y);
        }
        decode(codes, images);
        return images;
    }
}
