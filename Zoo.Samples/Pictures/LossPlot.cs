using ScottPlot;
using Zoo.Samples.Training;

namespace Zoo.Samples.Pictures;

/// <summary>−ELBO by epoch, on training and on test images.</summary>
internal static class LossPlot
{
    public static void Save(IReadOnlyList<EpochReport> reports, string path)
    {
        var plot = PlotStyle.Create("Negative evidence lower bound", "Epoch", "−ELBO, nats an image");
        var epochs = reports.Select(report => (double)report.Epoch).ToArray();
        Line(plot, epochs, [.. reports.Select(report => (double)-report.Train.Elbo)], "training images", Palette.Classes[0]);
        Line(plot, epochs, [.. reports.Select(report => (double)-report.Test.Elbo)], "test images", Palette.Classes[1]);
        // Whole epochs only: there is nothing at 2.5.
        var every = Math.Max(1, reports.Count / 20);
        plot.Axes.Bottom.SetTicks([.. epochs.Where((_, i) => i % every == 0)], [.. reports.Where((_, i) => i % every == 0).Select(report => $"{report.Epoch}")]);
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, 1100, 650);
    }

    static void Line(Plot plot, double[] epochs, double[] values, string name, string color)
    {
        var line = plot.Add.Scatter(epochs, values, Color.FromHex(color));
        line.LineWidth = 2.5f;
        line.MarkerSize = 7;
        line.LegendText = name;
    }
}
