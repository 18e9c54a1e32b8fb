using SkiaSharp;

namespace Zoo.Samples.Pictures;

/// <summary>Draws images of one shape, grey or red, green and blue, enlarged, at places of a canvas.</summary>
internal sealed class ImageGrid(SKCanvas canvas, ImageShape shape, int scale)
{
    readonly int height = shape.Height, width = shape.Width;

    /// <summary>Pixels that an image takes across.</summary>
    public int CellWidth => width * scale;

    /// <summary>Pixels that an image takes down.</summary>
    public int CellHeight => height * scale;

    /// <param name="pixels">[channels × height × width], 0 (dark) to 1 (bright).</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    public void Draw(ReadOnlySpan<float> pixels, float x, float y)
    {
        var type = shape.Channels == 1 ? SKColorType.Gray8 : SKColorType.Rgb888x;
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, type, SKAlphaType.Opaque));
        var bytes = bitmap.GetPixelSpan();
        for (var i = 0; i < pixels.Length; i++)
        {
            var (channel, row, column) = (i / (height * width), i / width % height, i % width);
            bytes[row * bitmap.RowBytes + column * bitmap.BytesPerPixel + channel] =
                (byte)MathF.Round(255 * Math.Clamp(pixels[i], 0f, 1f));
        }
        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, SKRect.Create(x, y, CellWidth, CellHeight), new SKSamplingOptions(SKCubicResampler.Mitchell));
    }
}
