using System.Globalization;
using ScottPlot;

namespace Zoo.Samples.Pictures;

/// <summary>Clouds of points in the plane, or along the two directions in which the first cloud spreads most.</summary>
internal static class ScatterPicture
{
    // More hide each other.
    const int MostPoints = 2500;

    const int Few = 20;

    /// <param name="clouds">Names and points, [count × size] each.</param>
    /// <param name="size">Numbers of a point, at least 2.</param>
    /// <param name="title">One line above.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(IReadOnlyList<(string Name, float[] Points)> clouds, int size, string title, string path)
    {
        var components = size > 2 ? PrincipalComponents.Of(clouds[0].Points, size) : null;
        var plot = PlotStyle.Create(title, Axis(0, "First"), Axis(1, "Second"));
        // Few points would be lost among many: they are larger, and on top.
        foreach (var (i, (name, points)) in clouds.Index().OrderByDescending(cloud => cloud.Item.Points.Length))
        {
            var color = Color.FromHex(Palette.Classes[i]);
            Coordinates[] places = [.. points.Chunk(size).Take(MostPoints).Select(Place)];
            var (shape, width) = i == 0 ? (MarkerShape.OpenCircle, places.Length <= Few ? 20 : 8) : (MarkerShape.FilledCircle, 5);
            var markers = plot.Add.Markers(places, shape, width, places.Length <= Few ? color : color.WithOpacity(0.65));
            if (places.Length <= Few) markers.MarkerLineWidth = 3;
            markers.LegendText = name;
        }
        plot.ShowLegend(Edge.Right);
        plot.SavePng(path, 1100, 800);

        Coordinates Place(float[] point) =>
            components is null ? new(point[0], point[1]) : new(components.Project(point, 0), components.Project(point, 1));

        string Axis(int component, string ordinal) => components is null
            ? $"{ordinal} coordinate"
            : string.Create(CultureInfo.InvariantCulture,
                $"{ordinal} principal component ({100 * components.Share(component):F0} % of the variance)");
    }
}
