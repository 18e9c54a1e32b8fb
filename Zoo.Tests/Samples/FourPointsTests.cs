using System.Text.RegularExpressions;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

/// <summary>The four points of adversarial variational Bayes: quadrature, training with its pictures, the table.</summary>
public sealed class FourPointsTests
{
    /// <summary>p(x = 1|z) = c·e^(−a·z₁²/2) has the mean c/√(1 + a) under N(0, 1).</summary>
    [Fact]
    public void Quadrature_has_the_integrals_of_Gaussians()
    {
        static void Decode(ReadOnlySpan<float> z, Span<float> means)
        {
            for (var i = 0; i < means.Length; i += 2)
                (means[i], means[i + 1]) = (0.8f * MathF.Exp(-1.5f * z[i] * z[i]), 0.5f * MathF.Exp(-4f * z[i + 1] * z[i + 1]));
        }
        var (first, second) = (0.8 / Math.Sqrt(1 + 3), 0.5 / Math.Sqrt(1 + 8));
        var log = PlaneQuadrature.LogLikelihood(Decode, [1, 0, 0, 1, 1, 1], size: 2);
        double[] expected = [first * (1 - second), (1 - first) * second, first * second];
        for (var i = 0; i < 3; i++) Assert.Equal(Math.Log(expected[i]), log[i], 1e-6);
    }

    /// <summary>Four sectors of the plane, told apart without a doubt, are the most there is.</summary>
    [Fact]
    public void No_decoder_exceeds_the_logarithm_of_a_quarter()
    {
        static void Sectors(ReadOnlySpan<float> z, Span<float> means)
        {
            for (var i = 0; i < means.Length; i++)
                means[i] = i % 4 == (z[i / 4 * 2] > 0 ? 1 : 0) + (z[i / 4 * 2 + 1] > 0 ? 2 : 0) ? 1 : 0;
        }
        var log = PlaneQuadrature.LogLikelihood(Sectors, FourPointsBatches.Rows(4), 4);
        Assert.All(log, value => Assert.Equal(-Math.Log(4), value, 1e-6));
    }

    [Theory]
    [InlineData("FourPointsAvb", "four-points-avb", "Reconstruction Divergence Elbo Discriminator")]
    [InlineData("FourPointsVae", "four-points-vae", "Reconstruction Divergence Elbo")]
    public void Training_leaves_posteriors(string model, string file, string losses)
    {
        using var folder = new TemporaryFolder();
        var result = SampleProgram.Run("train", model, "--steps", "60", "--threads", "1", "--out", folder.Path);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches($@"(?m)^ +step +{string.Join(" +", losses.Split(' '))} +log p +points/s$", result.Output);
        Assert.Equal(20, Regex.Count(result.Output, @"(?m)^ +\d+( +(-?\d+\.\d{4}|–)){4,5} +[\d,]+$"));
        Assert.Equal(["losses.png", "posteriors.png", "training.png"],
            Directory.GetFiles(folder.Path, "*.png").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder.Path, $"{file}.safetensors")));
        foreach (var picture in Directory.GetFiles(folder.Path, "*.png").Select(path => new PngImage(path)))
            Assert.True(picture.Dark(0, 60, picture.Width, picture.Height - 60, threshold: 250) > 1000);
    }

    [Fact]
    public void What_the_points_cannot_be_trained_on_is_refused()
    {
        foreach (var (option, value, why) in ((string, string, string)[])
            [("--epochs", "3", "is trained on the same four points in every step; use --steps."),
                ("--data", "ring", "is trained on four points and nothing else.")])
        {
            var result = SampleProgram.Run("train", "FourPointsVae", option, value);
            Assert.Equal((2, $"error: {option}: FourPointsVae {why}"), (result.ExitCode, Assert.Single(result.ErrorLines)));
        }
    }
}
