using System.Text.RegularExpressions;
using Zoo.Models;

namespace Zoo.Tests.Samples;

/// <summary>Each declared model is trained at the smallest scale, which leaves a checkpoint and pictures.</summary>
public sealed partial class EveryModelTests
{
    [Fact]
    public void Every_declared_model_has_a_recipe_and_no_other()
    {
        var declared = typeof(FashionVae).Assembly.GetTypes()
            .Where(type => typeof(IGenerativeModel).IsAssignableFrom(type)).Select(type => type.Name);
        var result = SampleProgram.Run("train", "Nonsense");
        Assert.Equal(2, result.ExitCode);
        var known = Known().Match(Assert.Single(result.ErrorLines)).Groups[1].Value.Split(", ");
        Assert.Equal(declared.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("RingGan", "ring-gan", "Discriminator Generator")]
    [InlineData("OwnCritic", "own-critic", "Wasserstein Penalty GeneratorLoss")]
    [InlineData("mixturewgan", "mixture-wgan", "Wasserstein Penalty Generator")]
    public void A_model_of_points_leaves_its_files(string model, string file, string losses) => TrainsPoints(model, file, losses);

    [Theory, Trait("Speed", "Slow")]
    [InlineData("GridWgan", "grid-wgan", "Wasserstein Penalty Generator")]
    [InlineData("ClippedWgan", "clipped-wgan", "Wasserstein Penalty Generator")]
    [InlineData("MixtureGan", "mixture-gan", "Discriminator Generator")]
    [InlineData("MixtureClippedWgan", "mixture-clipped-wgan", "Wasserstein Penalty Generator")]
    public void Another_model_of_points_leaves_its_files(string model, string file, string losses) => TrainsPoints(model, file, losses);

    [Theory]
    [InlineData("FashionConditionalVae", "fashion-conditional-vae", "samples.png", "styles.png")]
    [InlineData("FashionQuadrantVae", "fashion-quadrant-vae", "completions.png")]
    public void A_conditional_model_leaves_its_files(string model, string file, params string[] pictures)
    {
        using var data = TinyDataSet.Create();
        var output = Path.Combine(data.Path, "new", "out");
        var result = SampleProgram.Run("train", model, "--data", data.Path, "--epochs", "3", "--threads", "1", "--out", output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"(?m)^epoch +ELBO +reconstruction +divergence +ELBO +reconstruction +divergence +images/s$", result.Output);
        Assert.Equal(3, Regex.Count(result.Output, @"(?m)^ +\d( +-?[\d.]+){6} +[\d,]+$"));
        ChecksFiles(result.Output, output, file, [.. pictures, "losses.png"]);
    }

    [Theory]
    [InlineData("DigitsRbm", "digits-rbm")]
    [InlineData("BarsRbm", "bars-rbm")]
    public void A_machine_leaves_its_files(string model, string file)
    {
        using var folder = new Data.TemporaryFolder();
        var output = Path.Combine(folder.Path, "new", "out");
        var result = SampleProgram.Run("train", model, "--epochs", "3", "--threads", "1", "--out", output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"(?m)^epoch +ReconstructionError +FreeEnergy +F training +F test +images/s$", result.Output);
        Assert.Equal(3, Regex.Count(result.Output, @"(?m)^ +\d( +-?[\d.]+){4} +[\d,]+$"));
        ChecksFiles(result.Output, output, file, ["energies.png", "fantasies.png", "filters.png", "losses.png"]);
    }

    [Fact]
    public void A_machine_with_data_of_its_own_takes_no_other()
    {
        var result = SampleProgram.Run("train", "BarsRbm", "--data", "somewhere");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("error: --data: BarsRbm is trained on data of its own.", Assert.Single(result.ErrorLines));
    }

    [Theory, Trait("Speed", "Slow")]
    [InlineData("FashionStyleAae", "fashion-style-aae", 3)]
    [InlineData("FashionSemiSupervisedAae", "fashion-semi-supervised-aae", 5, "reconstructions.png")]
    public void An_adversarial_autoencoder_leaves_its_files(string model, string file, int losses, params string[] pictures)
    {
        using var data = TinyDataSet.Create();
        var output = Path.Combine(data.Path, "new", "out");
        var result = SampleProgram.Run("train", model, "--data", data.Path, "--epochs", "2", "--threads", "1", "--out", output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(2, Regex.Count(result.Output, $@"(?m)^ +\d( +-?\d+\.\d{{4}}){{{losses}}} +[\d,]+$"));
        ChecksFiles(result.Output, output, file, [.. pictures, "samples.png", "latent.png", "losses.png"]);
    }

    [Fact]
    public void Labels_that_the_model_does_not_have_are_refused_by_the_image()
    {
        using var data = TinyDataSet.Create();
        data.Write("train-labels-idx1-ubyte",
            Data.IdxBytes.Make(0x08, [300], [.. Enumerable.Range(0, 300).Select(i => (byte)(i == 200 ? 10 : 3))]));
        var result = SampleProgram.Run("train", "FashionConditionalVae", "--data", data.Path, "--epochs", "1", "--threads", "1", "--out",
            data.Path);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("error: --data: expected labels from 0 to 9, but image 200 has 10.", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void A_model_of_garments_leaves_its_files() => TrainsGarments("FashionGan", "fashion-gan", "Discriminator Generator");

    [Fact, Trait("Speed", "Slow")]
    public void Another_model_of_garments_leaves_its_files() =>
        TrainsGarments("FashionWgan", "fashion-wgan", "Wasserstein Penalty Generator");

    [Fact, Trait("Speed", "Slow")]
    public void A_black_box_of_garments_leaves_its_files_and_reconstructions() => TrainsGarments(
        "FashionAvb", "fashion-avb", "Reconstruction Divergence Elbo Discriminator", "reconstructions.png");

    [Fact]
    public void A_loss_that_is_no_number_ends_a_run_of_adversaries_in_one_line()
    {
        using var folder = new Data.TemporaryFolder();
        var result = SampleProgram.Run("train", "RingGan", "--steps", "40", "--threads", "1", "--learning-rate", "1e30", "--out",
            folder.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(
            @"^error: training diverged after step 0 \(step 1, phase generator\): Generator is (NaN|∞|-∞|-?Infinity)\. "
                + @"Last finite losses: Discriminator 1\.\d+\. A smaller --learning-rate may help\.$",
            Assert.Single(result.ErrorLines));
    }

    [PosixFact, Trait("Speed", "Slow")]
    public void Points_resume_to_the_bits_of_a_run_that_was_never_stopped_though_learning_rates_fall()
    {
        using var folder = new Data.TemporaryFolder();
        string Out(string name) => Path.Combine(folder.Path, name);
        SampleProgram.Result stopped;
        string[] command = ["train", "MixtureGan", "--steps", "1000", "--seed", "5", "--threads", "1"];
        using (var program = SampleProgram.Start([.. command, "--out", Out("stopped")]))
        {
            program.WaitFor(line => PointsLine().IsMatch(line));
            program.PressControlC();
            stopped = program.WaitForExit();
        }
        Assert.Equal((130, ""), (stopped.ExitCode, stopped.Error));
        var checkpoint = Path.Combine(Out("stopped"), "mixture-gan.safetensors");
        Assert.Matches($@"(?m)^Interrupted after step [\d,]+\. Checkpoint: {Regex.Escape(checkpoint)}$", stopped.Output);
        Assert.False(File.Exists(Path.Combine(Out("stopped"), "samples.png")));

        Assert.Equal(0, SampleProgram.Run([.. command, "--out", Out("resumed"), "--resume", checkpoint]).ExitCode);
        Assert.Equal(0, SampleProgram.Run([.. command, "--out", Out("straight")]).ExitCode);
        foreach (var name in (string[])["mixture-gan.safetensors", "samples.png"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(Out("straight"), name)), File.ReadAllBytes(Path.Combine(Out("resumed"), name)));
    }

    static void TrainsPoints(string model, string file, string losses)
    {
        using var folder = new Data.TemporaryFolder();
        var output = Path.Combine(folder.Path, "new", "out");
        var result = SampleProgram.Run("train", model, "--steps", "40", "--threads", "1", "--out", output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.Matches($@"(?m)^ +step +{string.Join(" +", losses.Split(' '))} +modes +near +points/s$", result.Output);
        string[][] lines =
            [.. PointsLine().Matches(result.Output).Select(line => line.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"{2 * i}"), lines.Select(line => line[0]));
        // The first phase is due at every step; the last one at every fifth of some models, so not in every line of two steps.
        Assert.DoesNotContain("–", lines.Select(line => line[1]));
        Assert.InRange(lines.Count(line => line[losses.Split(' ').Length] != "–"), 8, 20);
        Assert.Contains("Trained 40 steps in ", result.Output);
        ChecksFiles(result.Output, output, file);
    }

    static void TrainsGarments(string model, string file, string losses, params string[] more)
    {
        using var data = TinyDataSet.Create();
        var output = Path.Combine(data.Path, "new", "out");
        var result = SampleProgram.Run("train", model, "--data", data.Path, "--epochs", "3", "--threads", "1", "--out", output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches($@"(?m)^epoch +{string.Join(" +", losses.Split(' '))} +images/s$", result.Output);
        Assert.Equal(3, Regex.Count(result.Output, $@"(?m)^ +\d( +(-?\d+\.\d{{4}}|–)){{{losses.Split(' ').Length}}} +[\d,]+$"));
        Assert.Contains("Trained 3 epochs in ", result.Output);
        ChecksFiles(result.Output, output, file, ["losses.png", "samples.png", "training.png", .. more]);
    }

    static void ChecksFiles(string printed, string output, string file) =>
        ChecksFiles(printed, output, file, ["losses.png", "samples.png", "training.png"]);

    static void ChecksFiles(string printed, string output, string file, string[] pictures)
    {
        Assert.Equal(
            pictures.Append($"{file}.safetensors").Order(StringComparer.Ordinal),
            Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var path in Directory.GetFiles(output)) Assert.Contains(path, printed);
        foreach (var name in pictures)
        {
            var picture = new PngImage(Path.Combine(output, name));
            // A title, and something below it.
            Assert.InRange(picture.Dark(0, 0, picture.Width, 60), 300, 20_000);
            Assert.True(picture.Dark(0, 60, picture.Width, picture.Height - 60, threshold: 250) > 1000, name);
        }
    }

    [GeneratedRegex(@"^error: MODEL: expected one of (.+), got 'Nonsense'\.$")]
    private static partial Regex Known();

    // Step, losses with four decimals, modes, per cent near one, points a second.
    [GeneratedRegex(@"^ +[\d,]+( +(-?\d+\.\d{4}|–)){2,3} +\d+ +\d+\.\d % +[\d,]+$", RegexOptions.Multiline)]
    private static partial Regex PointsLine();
}
