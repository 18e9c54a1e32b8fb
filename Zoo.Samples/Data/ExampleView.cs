namespace Zoo.Samples.Data;

/// <summary>What the examples of a model are, for whoever draws them.</summary>
/// <param name="Plural">What they are called.</param>
/// <param name="Shape">Of images; null for points.</param>
/// <param name="Mixture">Of points of the plane whose modes are known; else null.</param>
/// <param name="Quadrant">Where an example is an image without one of its quarters, which is the condition; else null.</param>
internal sealed record ExampleView(
    string Plural, ImageShape? Shape = null, GaussianMixture? Mixture = null, ImageQuadrant? Quadrant = null)
{
    /// <summary>Images, where the set has some.</summary>
    public static ExampleView Of(ExampleSet data) =>
        data.Height > 0 ? new("images", new ImageShape(1, data.Height, data.Width)) : new("points");

    /// <summary>Examples as they are drawn: whole images where a quarter is given.</summary>
    /// <param name="examples">[count × size].</param>
    /// <param name="conditions">[count × condition], or empty.</param>
    public float[] Drawn(float[] examples, ReadOnlySpan<float> conditions)
    {
        if (Quadrant is null) return examples;
        var images = new float[examples.Length / Quadrant.RestSize * Quadrant.ImageSize];
        Quadrant.Join(conditions, examples, images);
        return images;
    }
}
