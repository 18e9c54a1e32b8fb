namespace Zoo.Samples.Pictures;

/// <summary>How much small images are enlarged.</summary>
internal static class ImageScale
{
    const int OfGarments = 3, SideOfGarments = 28;

    /// <summary>Pixels for one of the image's, so that it is about as wide as a garment.</summary>
    public static int Of(ImageShape shape) => Math.Max(OfGarments, OfGarments * SideOfGarments / shape.Width);
}
