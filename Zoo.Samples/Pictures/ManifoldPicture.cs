namespace Zoo.Samples.Pictures;

/// <summary>Images over places of the plane of codes: squares of them side by side, each with a line above.</summary>
internal static class ManifoldPicture
{
    const int Margin = 24, TitleHeight = 44, LabelHeight = 26, Between = 20;

    /// <param name="squares">What stands above, and images row by row from the top, as many rows as columns.</param>
    /// <param name="shape">Of an image.</param>
    /// <param name="title">One line above all.</param>
    /// <param name="path">The PNG file.</param>
    /// <param name="scale">Pixels for one of the image's.</param>
    public static void Save(
        IReadOnlyList<(string Label, float[] Images)> squares, ImageShape shape, string title, string path, int scale = 1)
    {
        var size = (int)shape.Size;
        var sides = squares.Select(square => (int)Math.Round(Math.Sqrt(square.Images.Length / size))).ToArray();
        var (cell, side) = (shape.Width * scale, sides.Max() * shape.Width * scale);
        using var drawing = new Drawing(
            Math.Max(2 * Margin + squares.Count * (side + Between) - Between, 620), 2 * Margin + TitleHeight + LabelHeight + side);
        drawing.Text(title, Margin, Margin + 20, 20, Palette.Ink);
        var grid = new ImageGrid(drawing.Canvas, shape, scale);
        for (var square = 0; square < squares.Count; square++)
        {
            var left = Margin + square * (side + Between);
            drawing.Text(squares[square].Label, left, Margin + TitleHeight + 16, 15, Palette.Faint);
            for (var i = 0; i < sides[square] * sides[square]; i++)
                grid.Draw(squares[square].Images.AsSpan(i * size, size),
                    left + i % sides[square] * cell, Margin + TitleHeight + LabelHeight + i / sides[square] * grid.CellHeight);
        }
        drawing.Save(path);
    }
}
