using SkiaSharp;

namespace Zoo.Samples.Pictures;

/// <summary>Codes in the plane, coloured by class: panels side by side, with a legend of classes.</summary>
internal static class CodesPicture
{
    const int Side = 420, Margin = 24, TitleHeight = 44, LabelHeight = 26, Between = 20, LegendWidth = 150;

    /// <param name="panels">What stands above, [count × 2] codes, and half of the width of the plane that is shown.</param>
    /// <param name="labels">One for each code.</param>
    /// <param name="classNames">By label.</param>
    /// <param name="title">One line above all.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(
        IReadOnlyList<(string Label, float[] Codes, float Extent)> panels, ReadOnlySpan<byte> labels, IReadOnlyList<string> classNames,
        string title, string path)
    {
        using var drawing = new Drawing(
            2 * Margin + panels.Count * (Side + Between) + LegendWidth, 2 * Margin + TitleHeight + LabelHeight + Side);
        drawing.Text(title, Margin, Margin + 20, 20, Palette.Ink);
        var top = Margin + TitleHeight + LabelHeight;
        var canvas = drawing.Canvas;
        for (var panel = 0; panel < panels.Count; panel++)
        {
            var (label, codes, extent) = panels[panel];
            var frame = SKRect.Create(Margin + panel * (Side + Between), top, Side, Side);
            drawing.Text(label, frame.Left, Margin + TitleHeight + 16, 15, Palette.Faint);
            canvas.Save();
            canvas.ClipRect(frame);
            for (var i = 0; i < labels.Length; i++)
            {
                using var paint = new SKPaint { Color = ColorOf(labels[i]).WithAlpha(0xA0), IsAntialias = true };
                // Upwards, as in mathematics.
                canvas.DrawCircle(frame.MidX + codes[2 * i] / extent * Side / 2, frame.MidY - codes[2 * i + 1] / extent * Side / 2, 1.8f,
                    paint);
            }
            canvas.Restore();
            using var border = new SKPaint { Color = Palette.Faint.WithAlpha(0x60), IsAntialias = true, IsStroke = true, StrokeWidth = 1 };
            canvas.DrawRect(frame, border);
        }
        for (var label = 0; label < classNames.Count; label++)
        {
            var (x, y) = (Margin + panels.Count * (Side + Between), top + 16 + 26 * label);
            using var paint = new SKPaint { Color = ColorOf(label), IsAntialias = true };
            canvas.DrawCircle(x + 6, y - 5, 6, paint);
            drawing.Text(classNames[label], x + 20, y, 15, Palette.Ink);
        }
        drawing.Save(path);
    }

    static SKColor ColorOf(int label) => SKColor.Parse(Palette.Classes[label % Palette.Classes.Count]);
}
