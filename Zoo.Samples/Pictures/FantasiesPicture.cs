using System.Globalization;

namespace Zoo.Samples.Pictures;

/// <summary>Chains over their sweeps: a column each, a row for every so many sweeps.</summary>
internal static class FantasiesPicture
{
    const int Gap = 4;
    const int Margin = 24;
    const int TitleHeight = 44;
    const int LabelWidth = 110;

    /// <param name="images">[rows × chains × height × width], 0 to 1: what the chains begin with, then their states.</param>
    /// <param name="height">Of an image.</param>
    /// <param name="width">Of an image.</param>
    /// <param name="chains">Images of a row.</param>
    /// <param name="sweeps">Sweeps between two rows.</param>
    /// <param name="title">One line above.</param>
    /// <param name="path">The PNG file.</param>
    /// <param name="scale">Pixels for one of the image's.</param>
    public static void Save(
        ReadOnlySpan<float> images, int height, int width, int chains, int sweeps, string title, string path, int scale)
    {
        var (size, rows) = (height * width, images.Length / (chains * height * width));
        using var drawing = new Drawing(
            Math.Max(2 * Margin + LabelWidth + chains * (width * scale + Gap) - Gap, 640),
            2 * Margin + TitleHeight + rows * (height * scale + Gap) - Gap);
        drawing.Text(title, Margin, Margin + 20, 20, Palette.Ink);
        var grid = new ImageGrid(drawing.Canvas, new ImageShape(1, height, width), scale);
        for (var row = 0; row < rows; row++)
        {
            var y = Margin + TitleHeight + row * (grid.CellHeight + Gap);
            var label = row == 0 ? "test" : string.Create(CultureInfo.InvariantCulture, $"{row * sweeps} sweeps");
            drawing.Text(label, Margin, y + grid.CellHeight / 2 + 5, 15, Palette.Ink);
            for (var chain = 0; chain < chains; chain++)
                grid.Draw(images.Slice((row * chains + chain) * size, size), Margin + LabelWidth + chain * (grid.CellWidth + Gap), y);
        }
        drawing.Save(path);
    }
}
