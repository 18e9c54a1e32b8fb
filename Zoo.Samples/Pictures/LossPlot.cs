using System.Globalization;
using ScottPlot;

namespace Zoo.Samples.Pictures;

/// <summary>Losses over a run, a line for each.</summary>
internal static class LossPlot
{
    // Dots on lines of so many values hide the lines.
    const int MostMarked = 25;

    const int PixelsAcross = 1000;
    const int PixelsPerLetter = 9;

    /// <param name="title">Above.</param>
    /// <param name="xLabel">What is counted along the bottom: whole numbers.</param>
    /// <param name="yLabel">What the lines show.</param>
    /// <param name="at">Where along the bottom.</param>
    /// <param name="lines">Values at these places, with a name each; NaN leaves a gap.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(
        string title, string xLabel, string yLabel, double[] at, IReadOnlyList<(string Name, double[] Values)> lines, string path)
    {
        var plot = PlotStyle.Create(title, xLabel, yLabel);
        var apart = Apart(lines);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = plot.Add.Scatter(at, lines[i].Values, Color.FromHex(Palette.Classes[i % Palette.Classes.Count]));
            line.LineWidth = 2.5f;
            line.MarkerSize = at.Length <= MostMarked ? 7 : 0;
            line.LegendText = i == apart ? $"{lines[i].Name} (right)" : lines[i].Name;
            if (i == apart) PlotStyle.UseRightAxis(plot, line);
        }
        // Whole numbers only, where there are values: there is nothing at 2.5.
        string[] labels = [.. at.Select(value => value.ToString("N0", CultureInfo.InvariantCulture))];
        var room = PixelsAcross / (PixelsPerLetter * (labels.Max(label => label.Length) + 3));
        var every = RoundUp((at.Length + room - 1) / room);
        int[] shown = [.. Enumerable.Range(0, at.Length).Where(i => (i + 1) % every == 0)];
        plot.Axes.Bottom.SetTicks([.. shown.Select(i => at[i])], [.. shown.Select(i => labels[i])]);
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, PixelsAcross + 100, 650);
    }

    // To 1, 2 or 5 times a power of ten, as people count.
    static int RoundUp(int count)
    {
        for (var power = 1; ; power *= 10)
        {
            foreach (var digit in (int[])[1, 2, 5])
            {
                if (digit * power >= count) return digit * power;
            }
        }
    }

    // The loss of a Wasserstein generator is known up to a constant and may be far from the others, which would be flat beside it.
    static int Apart(IReadOnlyList<(string Name, double[] Values)> lines)
    {
        const double factor = 5;
        if (lines.Count < 2) return -1;
        double[] sizes = [.. lines.Select(line => line.Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max())];
        var largest = Array.IndexOf(sizes, sizes.Max());
        return sizes.Where((_, i) => i != largest).All(size => size * factor < sizes[largest]) ? largest : -1;
    }
}
