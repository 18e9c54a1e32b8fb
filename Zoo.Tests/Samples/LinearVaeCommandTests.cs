using System.Globalization;
using System.Text.RegularExpressions;
using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

public sealed partial class LinearVaeCommandTests
{
    /// <summary>L₁ ≤ L₅ ≤ L₅₀ ≤ log p ≤ probabilistic PCA, within 0.01 nat of one another once it is trained.</summary>
    [Fact]
    public void A_linear_VAE_ends_as_probabilistic_PCA()
    {
        using var folder = new TemporaryFolder();
        var result = SampleProgram.Run("train", "LinearVae", "--threads", "1", "--out", folder.Path);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var optimum = double.Parse(Optimum().Match(result.Output).Groups[1].Value, CultureInfo.InvariantCulture);
        double[][] rows = [.. Row().Matches(result.Output)
            .Select(row => (double[])[.. row.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture))])];
        Assert.Equal(20, rows.Length);
        // Early, the proposal is not the posterior, and the bounds lie apart.
        double[] first = rows[0][^4..], last = rows[^1][^4..];
        Assert.True(first[0] < first[1] && first[1] < first[2] && first[2] < first[3] && first[3] < optimum, string.Join(' ', first));
        Assert.All(last, value => Assert.InRange(value, optimum - 0.01, optimum + 0.002));
        Assert.True(new PngImage(Path.Combine(folder.Path, "bounds.png")) is var picture && picture.Width > 500);
        Assert.True(File.Exists(Path.Combine(folder.Path, "linear-vae.safetensors")));
    }

    [GeneratedRegex(@"Probabilistic PCA has (-\d+\.\d{4})\.")]
    private static partial Regex Optimum();

    // After the step: three losses, three bounds, log p.
    [GeneratedRegex(@"^ +[\d,]+((?: +-?\d+\.\d{4}){7}) +[\d,]+$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
