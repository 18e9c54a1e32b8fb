using System.Globalization;
using SkiaSharp;
using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;
using Zoo.Samples.Training;

namespace Zoo.Samples.Figures;

/// <summary>What GAN, WGAN and EBGAN make of a ring and of a grid of Gaussians while they learn.</summary>
internal sealed class ModesFigure : Figure
{
    const int Frames = 30, ShownAtOnce = 500, Side = 200, Gap = 14, Margin = 20, TitleHeight = 40, LabelHeight = 40, Milliseconds = 150;

    public override string Name => "modes";

    public override string Slide => "In the previous episodes: GAN; Discussion: tricks (EB/W-GAN)";

    public override string Shows =>
        "modes.png, an animation: the same codes over training, of a GAN, a WGAN with gradient penalty and an energy-based GAN, on the "
            + "ring above and on the grid below; red circles are modes that were not found. collapse.png: a GAN with a small code and "
            + "constant rates is one cloud that wanders from mode to mode: mode collapse.";

    public override void Draw(FigureStudio studio)
    {
        string[] models = [MixtureGan.Card.Name, MixtureWgan.Card.Name, MixtureEbgan.Card.Name];
        var steps = studio.Steps(4000, 20_000);
        // The most happens early: evenly spaced roots of the steps.
        long[] moments = [.. Enumerable.Range(0, Frames).Select(i => (long)Math.Round(steps * Math.Pow(i / (Frames - 1.0), 2))).Distinct()];
        var panels = new List<(string Label, GaussianMixture Mixture, List<(long Step, float[] Points)> Moments)>();
        foreach (var mixture in GaussianMixture.All)
        {
            foreach (var name in models)
            {
                var taken = new List<(long, float[])>();
                studio.Train(RecipeBook.Named(name), steps: steps, points: mixture.Name, isKept: false, watch: run =>
                    Watch((PointsRun)run, moments, ShownAtOnce, taken));
                panels.Add((name, mixture, taken));
            }
        }
        Animate(panels, models.Length, studio.Add("modes.png", "the same codes while three kinds learn, an animated PNG"));
        double[] parts = [0, 0.13, 0.28, 0.45, 0.7, 1];
        foreach (var (label, mixture, taken) in panels)
        {
            var name = $"{label}-{mixture.Name}.png";
            PointsStrip.Save([.. parts.Select(part => taken[(int)Math.Round(part * (taken.Count - 1))])], mixture,
                $"{label} on the {mixture.Name}: the same codes while it learns", studio.Add(name, $"{label} on the {mixture.Name}"));
        }
        var collapsed = new List<(long, float[])>();
        var length = studio.Steps(8000, 20_000);
        long[] sixths = [.. Enumerable.Range(0, 6).Select(i => length * i / 5).Distinct()];
        studio.Train(RecipeBook.Named(RingGan.Card.Name), steps: length, isKept: false, watch: run =>
            Watch((PointsRun)run, sixths, PointsRun.MeasuredPoints, collapsed));
        PointsStrip.Save(collapsed, GaussianMixture.Ring, "RingGan: mode collapse",
            studio.Add("collapse.png", "what mode collapse looks like"));
    }

    /// <summary>Takes the same codes' points at some steps of a run.</summary>
    static void Watch(PointsRun run, long[] moments, int count, List<(long, float[])> taken) => run.Watching += () =>
    {
        if (Array.IndexOf(moments, run.Model.Steps) >= 0) taken.Add((run.Model.Steps, run.Draw(1, count)));
    };

    static void Animate(
        List<(string Label, GaussianMixture Mixture, List<(long Step, float[] Points)> Moments)> panels, int columns, string path)
    {
        var rows = panels.Count / columns;
        var frames = new List<SKImage>();
        for (var frame = 0; frame < panels[0].Moments.Count; frame++)
        {
            using var drawing = new Drawing(
                2 * Margin + columns * (Side + Gap) - Gap, Margin + TitleHeight + rows * (Side + LabelHeight));
            drawing.Text(Text($"step {panels[0].Moments[frame].Step:N0}"), Margin, Margin + 18, 18, Palette.Ink);
            for (var i = 0; i < panels.Count; i++)
            {
                var (label, mixture, moments) = panels[i];
                var (left, top) = (Margin + i % columns * (Side + Gap), Margin + TitleHeight + i / columns * (Side + LabelHeight));
                var coverage = mixture.Coverage(moments[frame].Points);
                new PointPanel(drawing.Canvas, mixture, Side).Draw(moments[frame].Points, coverage, left, top);
                drawing.Text(Text($"{label}: {coverage.Found} of {coverage.Modes}"), left, top + Side + 20, 14, Palette.Faint);
            }
            frames.Add(drawing.Image());
        }
        Animation.Save(frames, Milliseconds, path);
        foreach (var frame in frames) frame.Dispose();

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
