using System.Globalization;
using System.Text;
using Zoo.Samples.Data;

namespace Zoo.Samples.Experiments;

/// <summary>Results as tables in Markdown, beside the published ones.</summary>
internal static class ModeTable
{
    // Means, of 2,500 points: Lin et al. 2018 (PacGAN), table 1, 10 runs and their standard error; Srivastava et al. 2017 (VEEGAN), table
    // 1,
    // 5 runs.
    static readonly (string Data, string Model, string Modes, string HighQuality, string Divergence)[] Published =
    [
        ("ring", "GAN (Lin et al. 2018)", "6.3 ± 0.5", "98.2 ± 0.2", "0.45"),
        ("ring", "PacGAN2 (Lin et al. 2018)", "7.9 ± 0.1", "95.6 ± 2.0", "0.07"),
        ("ring", "ALI (Lin et al. 2018)", "6.6 ± 0.3", "97.6 ± 0.4", "0.36"),
        ("ring", "GAN (Srivastava et al. 2017)", "1", "99.3", "–"),
        ("ring", "ALI (Srivastava et al. 2017)", "2.8", "0.13", "–"),
        ("ring", "unrolled GAN (Srivastava et al. 2017)", "7.6", "35.6", "–"),
        ("ring", "VEEGAN (Srivastava et al. 2017)", "8", "52.9", "–"),
        ("grid", "GAN (Lin et al. 2018)", "17.3 ± 0.8", "94.8 ± 0.7", "0.70"),
        ("grid", "PacGAN2 (Lin et al. 2018)", "23.8 ± 0.7", "91.3 ± 0.8", "0.13"),
        ("grid", "ALI (Lin et al. 2018)", "24.1 ± 0.4", "95.7 ± 0.6", "0.14"),
        ("grid", "GAN (Srivastava et al. 2017)", "3.3", "0.5", "–"),
        ("grid", "ALI (Srivastava et al. 2017)", "15.8", "1.6", "–"),
        ("grid", "unrolled GAN (Srivastava et al. 2017)", "23.6", "16", "–"),
        ("grid", "VEEGAN (Srivastava et al. 2017)", "24.6", "40", "–"),
    ];

    public static string Markdown(IReadOnlyList<ModeResult> results)
    {
        var text = new StringBuilder();
        foreach (var mixture in GaussianMixture.All)
        {
            ModeResult[] here = [.. results.Where(result => result.Data == mixture.Name)];
            if (here.Length == 0) continue;
            if (text.Length > 0) text.Append('\n');
            Row(Text($"{mixture.Name}: {mixture.Title}"), (Text($"modes of {mixture.Count}, by seed"), "median"),
                ("near a mode, %, by seed", "median"),
                ("reverse KL, nats, by seed", "median"), "steps");
            text.Append("|---|---|---|---|---|---|---|---|\n");
            foreach (var model in here.GroupBy(result => (result.Model, result.Steps)))
            {
                Row(model.Key.Model, Cells(model, result => result.Found, "F0"), Cells(model, result => 100 * result.HighQuality, "F1"),
                    Cells(model, result => result.ReverseDivergence ?? double.NaN, "F2"), Text($"{model.Key.Steps:N0}"));
            }
            foreach (var (data, model, modes, highQuality, divergence) in Published)
            {
                if (data == mixture.Name) Row(model, ("", modes), ("", highQuality), ("", divergence), "");
            }
        }
        return text.ToString();

        void Row(
            string model, (string Each, string Middle) modes, (string Each, string Middle) near, (string Each, string Middle) divergence,
            string steps) =>
            text.Append("| ")
                .AppendJoin(" | ", model, modes.Each, modes.Middle, near.Each, near.Middle, divergence.Each, divergence.Middle, steps)
                .Append(" |\n");

        static string Text(FormattableString value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The middle one, or the mean of the two in the middle. NaN counts as the largest: no divergence is the worst.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.OrderBy(value => double.IsNaN(value) ? double.PositiveInfinity : value)];
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static (string Each, string Middle) Cells(IEnumerable<ModeResult> results, Func<ModeResult, double> value, string format)
    {
        double[] values = [.. results.OrderBy(result => result.Seed).Select(value)];
        return (string.Join(' ', values.Select(Text)), Text(Median(values)));

        string Text(double number) => double.IsNaN(number) ? "–" : number.ToString(format, CultureInfo.InvariantCulture);
    }
}
