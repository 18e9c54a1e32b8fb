using System.Globalization;
using Zoo.Samples.Data;

namespace Zoo.Samples.Pictures;

/// <summary>The points of the same codes at several moments of training, from left to right.</summary>
internal static class PointsStrip
{
    const int Side = 250;
    const int Gap = 14;
    const int Margin = 24;
    const int TitleHeight = 44;
    const int LabelHeight = 46;

    public static void Save(IReadOnlyList<(long Step, float[] Points)> moments, GaussianMixture mixture, string title, string path)
    {
        using var drawing = new Drawing(2 * Margin + moments.Count * (Side + Gap) - Gap, 2 * Margin + TitleHeight + Side + LabelHeight);
        drawing.Text(title, Margin, Margin + 20, 20, Palette.Ink);
        var panel = new PointPanel(drawing.Canvas, mixture, Side);
        for (var i = 0; i < moments.Count; i++)
        {
            var (left, coverage) = (Margin + i * (Side + Gap), mixture.Coverage(moments[i].Points));
            panel.Draw(moments[i].Points, coverage, left, Margin + TitleHeight);
            var below = Margin + TitleHeight + Side;
            drawing.Text(Text($"step {moments[i].Step:N0}"), left, below + 22, 15, Palette.Ink);
            drawing.Text(Text($"{coverage.Found} modes, {100 * coverage.HighQuality:F0} % near"), left, below + 44, 15, Palette.Faint);
        }
        drawing.Save(path);

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
