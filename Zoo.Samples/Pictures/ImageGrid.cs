using SkiaSharp;

namespace Zoo.Samples.Pictures;

/// <summary>Draws grey images of one size, enlarged, at places of a canvas.</summary>
internal sealed class ImageGrid(SKCanvas canvas, int height, int width, int scale)
{
    /// <summary>Pixels that an image takes across.</summary>
    public int CellWidth => width * scale;

    /// <summary>Pixels that an image takes down.</summary>
    public int CellHeight => height * scale;

    /// <param name="pixels">[height × width], 0 (dark) to 1 (bright).</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    public void Draw(ReadOnlySpan<float> pixels, float x, float y)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        var bytes = bitmap.GetPixelSpan();
        for (var i = 0; i < pixels.Length; i++)
            bytes[i / width * bitmap.RowBytes + i % width] = (byte)MathF.Round(255 * Math.Clamp(pixels[i], 0f, 1f));
        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, SKRect.Create(x, y, CellWidth, CellHeight), new SKSamplingOptions(SKCubicResampler.Mitchell));
    }
}
