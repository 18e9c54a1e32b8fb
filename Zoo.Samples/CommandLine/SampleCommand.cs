using System.CommandLine;
using System.Globalization;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.CommandLine;

/// <summary>Draws images from a trained model.</summary>
internal sealed class SampleCommand
{
    private const int Side = 28;

    private readonly Option<string> _checkpoint = CommonOptions.Checkpoint();
    private readonly Option<int> _count = new Option<int>("--count") { Description = "How many images.", HelpName = "N", DefaultValueFactory = _ => 160 }.Within(1, 10_000);
    private readonly Option<ulong> _seed = CommonOptions.Seed("Decides which images: the same seed draws the same ones.");
    private readonly Option<string> _out = new("--out") { Description = "The PNG file.", HelpName = "FILE", DefaultValueFactory = _ => Path.Combine(OutputFolder.Default, "samples.png") };

    public Command Command => new Command("sample", "Draw images from a trained model.").With([_checkpoint, _count, _seed, _out]).Does(Run);

    private int Run(ParseResult arguments)
    {
        var (count, seed, path) = (arguments.GetValue(_count), arguments.GetValue(_seed), arguments.GetRequiredValue(_out));
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) OutputFolder.Open(folder);
        using var model = Checkpoints.Load("--checkpoint", arguments.GetRequiredValue(_checkpoint), Device.Cpu);
        var images = new float[count * Side * Side];
        model.Sample(seed, images);
        SamplesPicture.Save(images, Side, Side, string.Create(CultureInfo.InvariantCulture, $"{count:N0} samples from the prior, after {model.Steps:N0} steps"), path);
        Console.WriteLine($"{path}: {count} images drawn from the prior with seed {seed}.");
        return ExitCode.Success;
    }
}
