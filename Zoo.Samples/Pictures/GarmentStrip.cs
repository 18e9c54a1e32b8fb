namespace Zoo.Samples.Pictures;

/// <summary>Rows of images with a word in front of each: moments of training, or classes.</summary>
internal static class GarmentStrip
{
    /// <summary>Images of a row.</summary>
    public const int PerRow = 12;

    const int Scale = 3;
    const int Gap = 4;
    const int Margin = 24;
    const int TitleHeight = 44;
    const int LabelWidth = 110;

    public static void Save(IReadOnlyList<(string Label, float[] Images)> rows, ImageShape shape, string title, string path)
    {
        var (size, height, width) = ((int)shape.Size, shape.Height, shape.Width);
        using var drawing = new Drawing(
            2 * Margin + LabelWidth + PerRow * (width * Scale + Gap) - Gap,
            2 * Margin + TitleHeight + rows.Count * (height * Scale + Gap) - Gap);
        drawing.Text(title, Margin, Margin + 20, 20, Palette.Ink);
        var grid = new ImageGrid(drawing.Canvas, shape, Scale);
        for (var row = 0; row < rows.Count; row++)
        {
            var top = Margin + TitleHeight + row * (grid.CellHeight + Gap);
            drawing.Text(rows[row].Label, Margin, top + grid.CellHeight / 2 + 5, 15, Palette.Faint);
            for (var i = 0; i < PerRow; i++)
            {
                var image = rows[row].Images.AsSpan(i * size, size);
                grid.Draw(image, Margin + LabelWidth + i * (grid.CellWidth + Gap), top);
            }
        }
        drawing.Save(path);
    }
}
