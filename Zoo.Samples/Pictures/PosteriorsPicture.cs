using System.Globalization;
using SkiaSharp;
using Zoo.Samples.Data;

namespace Zoo.Samples.Pictures;

/// <summary>
/// Draws from the posteriors of four points, a colour each, in the plane of codes: at one moment, or at several from left to right. The
/// circles hold 39 and 86 % of the prior.
/// </summary>
internal static class PosteriorsPicture
{
    const int Margin = 24;
    const int TitleHeight = 44;
    const int LabelHeight = 30;
    const int Gap = 14;
    const float Reach = 3.2f;

    /// <param name="moments">Codes [count × 2] of the four points by turns, after so many steps.</param>
    /// <param name="title">Of what.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(IReadOnlyList<(long Step, float[] Codes)> moments, string title, string path)
    {
        var side = moments.Count > 1 ? 250 : 640;
        using var drawing = new Drawing(2 * Margin + moments.Count * (side + Gap) - Gap, 2 * Margin + TitleHeight + side + LabelHeight);
        drawing.Text(title, Margin, Margin + 20, 20, Palette.Ink);
        for (var i = 0; i < moments.Count; i++)
        {
            var left = Margin + i * (side + Gap);
            Panel(drawing.Canvas, moments[i].Codes, SKRect.Create(left, Margin + TitleHeight, side, side));
            drawing.Text(string.Create(CultureInfo.InvariantCulture, $"step {moments[i].Step:N0}"), left, Margin + TitleHeight + side + 22,
                15, Palette.Ink);
        }
        drawing.Save(path);
    }

    static void Panel(SKCanvas canvas, float[] codes, SKRect frame)
    {
        canvas.Save();
        canvas.ClipRect(frame);
        var scale = frame.Width / (2 * Reach);
        for (var i = 0; i < codes.Length; i += 2)
        {
            var color = SKColor.Parse(Palette.Classes[i / 2 % FourPointsBatches.Count]).WithAlpha(0x90);
            using var paint = new SKPaint { Color = color, IsAntialias = true };
            // Upwards, as in mathematics.
            canvas.DrawCircle(frame.MidX + codes[i] * scale, frame.MidY - codes[i + 1] * scale, Math.Clamp(frame.Width / 420, 1, 2), paint);
        }
        using var prior = new SKPaint { Color = Palette.Ink.WithAlpha(0x60), IsAntialias = true, IsStroke = true, StrokeWidth = 1 };
        foreach (var deviations in (int[])[1, 2]) canvas.DrawCircle(frame.MidX, frame.MidY, deviations * scale, prior);
        canvas.Restore();
        using var border = new SKPaint { Color = Palette.Faint.WithAlpha(0x60), IsAntialias = true, IsStroke = true, StrokeWidth = 1 };
        canvas.DrawRect(frame, border);
    }
}
