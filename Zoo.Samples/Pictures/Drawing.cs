using SkiaSharp;

namespace Zoo.Samples.Pictures;

/// <summary>A sheet of paper of some size that ends as a PNG file.</summary>
internal sealed class Drawing : IDisposable
{
    readonly SKSurface surface;

    public Drawing(int width, int height)
    {
        surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        Canvas.Clear(Palette.Paper);
    }

    public SKCanvas Canvas => surface.Canvas;

    /// <param name="text">One line.</param>
    /// <param name="x">Its left edge, centre or right edge, by <paramref name="align"/>.</param>
    /// <param name="baseline">Where the letters stand.</param>
    /// <param name="size">In pixels.</param>
    /// <param name="color">Of the letters.</param>
    /// <param name="align">What <paramref name="x"/> means.</param>
    public void Text(string text, float x, float baseline, float size, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = PictureFont.OfSize(size);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        Canvas.DrawText(text, x, baseline, align, font, paint);
    }

    /// <summary>What is on it now; the caller's to dispose of.</summary>
    public SKImage Image() => surface.Snapshot();

    public void Save(string path)
    {
        using var image = Image();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        data.SaveTo(file);
    }

    public void Dispose() => surface.Dispose();
}
