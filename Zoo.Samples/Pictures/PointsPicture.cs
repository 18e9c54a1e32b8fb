using System.Globalization;
using SkiaSharp;
using Zoo.Samples.Data;

namespace Zoo.Samples.Pictures;

/// <summary>Generated points over the true modes, with what the points amount to.</summary>
internal static class PointsPicture
{
    const int Side = 760;
    const int Margin = 24;
    const int TitleHeight = 76;
    const int LegendHeight = 40;

    /// <param name="points">[count × 2].</param>
    /// <param name="mixture">The modes.</param>
    /// <param name="coverage">Of the points.</param>
    /// <param name="title">Of what and when.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(ReadOnlySpan<float> points, GaussianMixture mixture, ModeCoverage coverage, string title, string path)
    {
        using var drawing = new Drawing(2 * Margin + Side, 2 * Margin + TitleHeight + Side + LegendHeight);
        drawing.Text(title, Margin, Margin + 20, 20, Palette.Ink);
        var divergence = double.IsNaN(coverage.ReverseDivergence) ? "" : Text($", reverse KL {coverage.ReverseDivergence:F2} nats");
        var near = Text($"{100 * coverage.HighQuality:F1} % of {coverage.Samples:N0} points near one");
        drawing.Text($"{coverage.Found} of {coverage.Modes} modes, {near}{divergence}", Margin, Margin + 50, 15, Palette.Faint);
        new PointPanel(drawing.Canvas, mixture, Side).Draw(points, coverage, Margin, Margin + TitleHeight);

        var (x, y) = ((float)Margin, Margin + TitleHeight + Side + 30f);
        Entry("within 3 standard deviations of a mode", PointPanel.Near, 345);
        Entry("elsewhere", PointPanel.Far, 115);
        Entry("a mode", Palette.Ink, 100, ring: true);
        if (coverage.Found < coverage.Modes) Entry("a mode not found", PointPanel.Missed, 150, ring: true);
        drawing.Save(path);

        void Entry(string text, SKColor color, float width, bool ring = false)
        {
            using var paint = new SKPaint { Color = color, IsAntialias = true, IsStroke = ring, StrokeWidth = 2 };
            drawing.Canvas.DrawCircle(x + 7, y - 5, ring ? 7 : 5, paint);
            drawing.Text(text, x + 22, y, 15, Palette.Ink);
            x += width;
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
