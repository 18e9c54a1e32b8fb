using System.Globalization;
using ScottPlot;

namespace Zoo.Samples.Pictures;

/// <summary>
/// Where the encoder puts the test images: means of q(z|x) along the two directions in which they spread most, coloured by class.
/// </summary>
internal static class LatentPlot
{
    /// <param name="codes">[count × <paramref name="size"/>].</param>
    /// <param name="size">Of a code.</param>
    /// <param name="labels">[count].</param>
    /// <param name="classNames">By label.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(ReadOnlySpan<float> codes, int size, ReadOnlySpan<byte> labels, IReadOnlyList<string> classNames, string path)
    {
        var components = PrincipalComponents.Of(codes, size);
        var plot = PlotStyle.Create("Codes of the test images", Axis(components, 0, "First"), Axis(components, 1, "Second"));
        var byClass = classNames.Select(_ => new List<Coordinates>()).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            var code = codes.Slice(i * size, size);
            byClass[labels[i]].Add(new Coordinates(components.Project(code, 0), components.Project(code, 1)));
        }
        for (var label = 0; label < classNames.Count; label++)
        {
            var color = Color.FromHex(Palette.Classes[label % Palette.Classes.Count]);
            var markers = plot.Add.Markers(byClass[label], MarkerShape.FilledCircle, 6, color.WithOpacity(0.65));
            markers.MarkerLineWidth = 0;
            plot.Legend.ManualItems.Add(LegendEntry(classNames[label], color));
        }
        plot.ShowLegend(Edge.Right);
        plot.Legend.DisplayPlottableLegendItems = false;
        plot.SavePng(path, 1100, 800);
    }

    // The legend's own dots are larger and solid: a colour has to be seen to be looked up. Text sits a little high beside them, and the
    // first line is cut, unless it is moved down.
    static LegendItem LegendEntry(string name, Color color)
    {
        var item = new LegendItem { LabelText = name, MarkerShape = MarkerShape.FilledCircle, MarkerFillColor = color,
            MarkerLineColor = color, MarkerSize = 11 };
        item.LabelStyle.FontSize = 15;
        item.LabelStyle.OffsetY = 3;
        return item;
    }

    static string Axis(PrincipalComponents components, int component, string ordinal) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{ordinal} principal component ({100 * components.Share(component):F0} % of the variance)");
}
