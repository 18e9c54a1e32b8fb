using ScottPlot;
using SkiaSharp;

namespace Zoo.Samples.Pictures;

/// <summary>How plots look.</summary>
internal static class PlotStyle
{
    public static Plot Create(string title, string x, string y)
    {
        PictureFont.UseInPlots();
        var plot = new Plot();
        var (ink, faint) = (Of(Palette.Ink), Of(Palette.Faint));
        plot.FigureBackground.Color = plot.DataBackground.Color = Of(Palette.Paper);
        plot.Title(title, 20);
        plot.XLabel(x, 15);
        plot.YLabel(y, 15);
        plot.Axes.Title.Label.Bold = plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Axes.Title.Label.ForeColor = plot.Axes.Bottom.Label.ForeColor = plot.Axes.Left.Label.ForeColor = ink;
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 13;
        plot.Axes.Bottom.TickLabelStyle.ForeColor = plot.Axes.Left.TickLabelStyle.ForeColor = faint;
        plot.Axes.Right.FrameLineStyle.Width = plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.FrameLineStyle.Color = plot.Axes.Left.FrameLineStyle.Color = faint;
        plot.Grid.MajorLineColor = Colors.Black.WithOpacity(0.07);
        // The densest ticks that are easy to read; the library's own choice is a number every twenty pixels.
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { TargetTickCount = 8 };
        plot.Axes.Left.MinimumSize = 64;
        plot.Legend.FontSize = 15;
        plot.Legend.Padding = new PixelPadding(10);
        plot.Legend.FontColor = ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Of(Palette.Paper).WithOpacity(0.8);
        return plot;
    }

    /// <summary>Gives a line the axis on the right, in the line's own colour, and takes it from the one on the left.</summary>
    public static void UseRightAxis(Plot plot, ScottPlot.Plottables.Scatter line)
    {
        var axis = plot.Axes.Right;
        line.Axes.YAxis = axis;
        axis.FrameLineStyle.Width = 1;
        axis.FrameLineStyle.Color = axis.TickLabelStyle.ForeColor = line.Color;
        axis.TickLabelStyle.FontSize = 13;
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { TargetTickCount = 8 };
        axis.MinimumSize = 64;
    }

    static Color Of(SKColor color) => new(color.Red, color.Green, color.Blue);
}
