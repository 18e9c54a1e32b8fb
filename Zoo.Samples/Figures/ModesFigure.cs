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
    const int Frames = 40, ShownAtOnce = 1000, Side = 230, Gap = 14, Margin = 20, TitleHeight = 40, LabelHeight = 40, Milliseconds = 150;

    public override string Name => "modes";

    public override string Slide => "In the previous episodes: GAN; Discussion: tricks (EB/W-GAN)";

    public override string Shows =>
        "modes.png, an animation: the same codes over training, of a GAN, a WGAN with gradient penalty and an energy-based GAN, on the ring "
            + "above and on the grid below; red circles are modes that were not found. collapse.png: a GAN with a small code and constant "
            + "rates is one cloud that wanders from mode to mode: mode collapse.";

    public override void Draw(FigureStudio studio)
    {
        string[] models = [MixtureGan.Card.Name, MixtureWgan.Card.Name, MixtureEbgan.Card.Name];
        var steps = studio.Length(4000L, 20_000L);
        var panels = new List<(string Label, GaussianMixture Mixture, List<(long Step, float[] Points)> Moments)>();
        foreach (var mixture in GaussianMixture.All)
        {
            foreach (var name in models)
            {
                var moments = new List<(long, float[])>();
                studio.Train(RecipeBook.Named(name), steps: steps, points: mixture.Name, isKept: false, watch: run =>
                {
                    var points = (PointsRun)run;
                    points.Watching += () =>
                    {
                        // Evenly spaced roots of the steps: the most happens early.
                        var at = points.Model.Steps;
                        var frame = (int)Math.Round((Frames - 1) * Math.Sqrt((double)at / steps));
                        if (at == (long)Math.Round(steps * Math.Pow(frame / (Frames - 1.0), 2)) && moments.Count <= frame)
                            moments.Add((at, points.Draw(1, ShownAtOnce)));
                    };
                });
                panels.Add((name, mixture, moments));
            }
        }
        Animate(panels, models.Length, studio.Add("modes.png", "the same codes while three kinds learn, an animated PNG"));
        foreach (var (label, mixture, moments) in panels)
        {
            var name = $"{label}-{mixture.Name}.png";
            int[] shown = [0, 5, 11, 17, 27, Frames - 1];
            PointsStrip.Save([.. shown.Select(frame => moments[frame])], mixture,
                $"{label} on the {mixture.Name}: the same codes while it learns", studio.Add(name, $"{label} on the {mixture.Name}"));
        }
        var collapsed = new List<(long, float[])>();
        var length = studio.Length(8000L, 20_000L);
        studio.Train(RecipeBook.Named(RingGan.Card.Name), steps: length, isKept: false, watch: run =>
        {
            var points = (PointsRun)run;
            points.Watching += () =>
            {
                if (points.Model.Steps % (length / 5) == 0) collapsed.Add((points.Model.Steps, points.Draw(1, PointsRun.MeasuredPoints)));
            };
        });
        PointsStrip.Save(collapsed, GaussianMixture.Ring, "RingGan: mode collapse", studio.Add("collapse.png", "what mode collapse looks like"));
    }

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
                drawing.Text(Text($"{label}: {coverage.Found} of {coverage.Modes} modes"), left, top + Side + 20, 14, Palette.Faint);
            }
            frames.Add(drawing.Image());
        }
        Animation.Save(frames, Milliseconds, path);
        foreach (var frame in frames) frame.Dispose();

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
