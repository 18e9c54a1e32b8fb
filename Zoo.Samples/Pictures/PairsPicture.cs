using SkiaSharp;

namespace Zoo.Samples.Pictures;

/// <summary>Images, and below each what a model makes of it.</summary>
internal static class PairsPicture
{
    const int PerRow = 12;
    const int Gap = 4;
    const int RowGap = 18;
    const int Margin = 24;
    const int TitleHeight = 44;

    /// <param name="originals">[count × pixels], 0 to 1.</param>
    /// <param name="reconstructions">[count × pixels], 0 to 1.</param>
    /// <param name="shape">Of an image.</param>
    /// <param name="title">One line above.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(float[] originals, float[] reconstructions, ImageShape shape, string title, string path)
    {
        var (size, scale) = ((int)shape.Size, ImageScale.Of(shape));
        var count = originals.Length / size;
        var rows = (count + PerRow - 1) / PerRow;
        var height = 2 * shape.Height * scale + Gap;
        using var drawing = new Drawing(
            Math.Max(2 * Margin + Math.Min(count, PerRow) * (shape.Width * scale + Gap) - Gap, 640),
            2 * Margin + TitleHeight + rows * (height + RowGap) - RowGap);
        drawing.Text(title, Margin, Margin + 20, 20, Palette.Ink);
        using var frame = new SKPaint { Color = Palette.Faint.WithAlpha(0x60), IsStroke = true, StrokeWidth = 1 };
        var grid = new ImageGrid(drawing.Canvas, shape, scale);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (Margin + i % PerRow * (grid.CellWidth + Gap), Margin + TitleHeight + i / PerRow * (height + RowGap));
            Place(originals, i, x, y);
            Place(reconstructions, i, x, y + grid.CellHeight + Gap);
        }
        drawing.Save(path);

        // With a frame, since an image may be as white as the paper.
        void Place(float[] images, int image, int x, int y)
        {
            grid.Draw(images.AsSpan(image * size, size), x, y);
            drawing.Canvas.DrawRect(x - 0.5f, y - 0.5f, grid.CellWidth + 1, grid.CellHeight + 1, frame);
        }
    }
}
