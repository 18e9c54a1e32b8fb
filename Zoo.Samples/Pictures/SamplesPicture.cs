namespace Zoo.Samples.Pictures;

/// <summary>Images that the model made up, in a grid.</summary>
internal static class SamplesPicture
{
    const int Gap = 4;
    const int Margin = 24;
    const int TitleHeight = 44;

    /// <param name="images">[count × channels × height × width], 0 to 1.</param>
    /// <param name="shape">Of an image.</param>
    /// <param name="title">One line above the grid.</param>
    /// <param name="path">The PNG file.</param>
    /// <param name="scale">Pixels for one of the image's.</param>
    public static void Save(ReadOnlySpan<float> images, ImageShape shape, string title, string path, int scale = 3)
    {
        var (size, height, width) = ((int)shape.Size, shape.Height, shape.Width);
        var count = images.Length / size;
        // Wider than tall, as screens are.
        var columns = Math.Clamp((int)Math.Ceiling(Math.Sqrt(count * 1.6)), 1, Math.Max(count, 1));
        var rows = (count + columns - 1) / columns;
        using var drawing = new Drawing(
            Math.Max(2 * Margin + columns * (width * scale + Gap) - Gap, 520),
            2 * Margin + TitleHeight + rows * (height * scale + Gap) - Gap);
        drawing.Text(title, Margin, Margin + 20, 20, Palette.Ink);
        var grid = new ImageGrid(drawing.Canvas, shape, scale);
        for (var i = 0; i < count; i++)
        {
            grid.Draw(images.Slice(i * size, size),
                Margin + i % columns * (grid.CellWidth + Gap),
                Margin + TitleHeight + i / columns * (grid.CellHeight + Gap));
        }
        drawing.Save(path);
    }
}
