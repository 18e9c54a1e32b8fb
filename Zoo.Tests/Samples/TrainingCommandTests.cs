using System.Text.RegularExpressions;
using Xunit;

namespace Zoo.Tests.Samples;

public sealed partial class TrainingCommandTests
{
    const string Checkpoint = "fashion-vae.safetensors";

    [Fact]
    public void A_run_prints_plain_lines_and_leaves_a_checkpoint_and_four_pictures_with_text()
    {
        using var data = TinyDataSet.Create();
        var output = Path.Combine(data.Path, "new", "out");
        // A machine without fonts must not lose the text.
        var result = SampleProgram.Run([("FONTCONFIG_PATH", "/no/such/folder"), ("FONTCONFIG_FILE", "/no/such/file")], "--data", data.Path,
            "--epochs", "2", "--out", output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.DoesNotContain('\r', result.Output);
        Assert.Equal(2, EpochLine().Count(result.Output));
        foreach (var name in (string[])[Checkpoint, "samples.png", "reconstructions.png", "latent.png", "losses.png"])
        {
            Assert.Contains(Path.Combine(output, name), result.Output);
            Assert.True(File.Exists(Path.Combine(output, name)), name);
        }

        var samples = new PngImage(Path.Combine(output, "samples.png"));
        Assert.InRange(samples.Dark(0, 0, samples.Width, 60), 300, 10_000);
        var reconstructions = new PngImage(Path.Combine(output, "reconstructions.png"));
        Assert.InRange(reconstructions.Dark(0, 0, reconstructions.Width, 60), 300, 10_000);
        var latent = new PngImage(Path.Combine(output, "latent.png"));
        Assert.InRange(latent.Dark(0, 0, latent.Width, 40), 300, 10_000);
        // Legend: a coloured dot and the class, here a digit, for each of the ten.
        Assert.InRange(latent.Dark(latent.Width - 80, 250, 80, 300), 200, 10_000);
        var losses = new PngImage(Path.Combine(output, "losses.png"));
        Assert.InRange(losses.Dark(0, 0, losses.Width, 40), 300, 10_000);
    }

    [PosixFact]
    public void Ctrl_C_writes_a_checkpoint_and_a_resumed_run_ends_in_the_bits_of_one_that_was_never_stopped()
    {
        using var data = TinyDataSet.Create();
        string Out(string name) => Path.Combine(data.Path, name);
        SampleProgram.Result stopped;
        using (var program = SampleProgram.Start("--data", data.Path, "--epochs", "100000", "--out", Out("stopped")))
        {
            program.WaitFor(line => EpochLine().IsMatch(line));
            program.PressControlC();
            stopped = program.WaitForExit();
        }
        Assert.Equal((130, ""), (stopped.ExitCode, stopped.Error));
        var checkpoint = Path.Combine(Out("stopped"), Checkpoint);
        Assert.Contains($"Checkpoint: {checkpoint}", stopped.Output);
        Assert.False(File.Exists(Path.Combine(Out("stopped"), "samples.png")));

        var epochs = $"{int.Parse(Interrupted().Match(stopped.Output).Groups[1].Value) + 2}";
        Assert.Equal(0,
            SampleProgram.Run("--data", data.Path, "--epochs", epochs, "--out", Out("resumed"), "--resume", checkpoint).ExitCode);
        Assert.Equal(0, SampleProgram.Run("--data", data.Path, "--epochs", epochs, "--out", Out("straight")).ExitCode);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Out("straight"), Checkpoint)),
            File.ReadAllBytes(Path.Combine(Out("resumed"), Checkpoint)));
    }

    [Fact]
    public void A_checkpoint_is_evaluated_and_sampled_from()
    {
        using var data = TinyDataSet.Create();
        var checkpoint = Path.Combine(data.Path, Checkpoint);
        Assert.Equal(0, SampleProgram.Run("train", "--data", data.Path, "--epochs", "1", "--out", data.Path).ExitCode);

        var evaluated = SampleProgram.Run("evaluate", "--checkpoint", checkpoint, "--data", data.Path, "--importance-samples", "2",
            "--aggregate-samples", "50");
        Assert.Equal((0, ""), (evaluated.ExitCode, evaluated.Error));
        Assert.Matches(@"(?m)^  active units +\d+ of 20$", evaluated.Output);
        foreach (var name in (string[])["ELBO", "reconstruction", "divergence", "log-likelihood", @"KL\(q\(z\) ‖ p\(z\)\)", "information"])
            Assert.Matches($@"(?m)^  {name} +-?\d+\.\d\d$", evaluated.Output);

        byte[] Sample(string seed)
        {
            var path = Path.Combine(data.Path, $"sampled-{seed}.png");
            Assert.Equal(0,
                SampleProgram.Run("sample", "--checkpoint", checkpoint, "--count", "20", "--seed", seed, "--out", path).ExitCode);
            return File.ReadAllBytes(path);
        }
        var three = Sample("3");
        Assert.Equal(three, Sample("3"));
        Assert.NotEqual(three, Sample("4"));
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_in_one_line()
    {
        using var data = TinyDataSet.Create();
        var result = SampleProgram.Run("--data", data.Path, "--epochs", "50", "--learning-rate", "1e30", "--out",
            Path.Combine(data.Path, "out"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("training diverged in epoch", Assert.Single(result.ErrorLines));
    }

    // Epoch, six losses with two decimals, images a second.
    [GeneratedRegex(@"^ +\d+( +-?\d+\.\d\d){6} +[\d,]+$", RegexOptions.Multiline)]
    private static partial Regex EpochLine();

    [GeneratedRegex(@"Interrupted in epoch (\d+)")]
    private static partial Regex Interrupted();
}
