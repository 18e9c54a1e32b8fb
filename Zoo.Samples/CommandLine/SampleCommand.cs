using System.CommandLine;
using System.Globalization;
using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.CommandLine;

/// <summary>Draws images from a trained model.</summary>
internal sealed class SampleCommand
{
    readonly Option<string> checkpointOption = CommonOptions.Checkpoint();
    readonly Option<int> countOption = new Option<int>("--count") { Description = "How many images.", HelpName = "N",
        DefaultValueFactory = _ => 160 }.Within(1, 10_000);
    readonly Option<ulong> seedOption = CommonOptions.Seed("Decides which images: the same seed draws the same ones.");
    readonly Option<string> deviceOption = CommonOptions.Device();
    readonly Option<string> outOption = new("--out") { Description = "The PNG file.", HelpName = "FILE",
        DefaultValueFactory = _ => Path.Combine(OutputFolder.Default, "samples.png") };

    public Command Command =>
        new Command("sample", "Draw images from a trained model.").With([checkpointOption, countOption, seedOption, deviceOption,
            outOption]).Does(Run);

    int Run(ParseResult arguments)
    {
        var (count, seed, path) = (arguments.GetValue(countOption), arguments.GetValue(seedOption), arguments.GetRequiredValue(outOption));
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) OutputFolder.Open(folder);
        using var device = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption));
        using var model = Checkpoints.Load<FashionVae>("--checkpoint", arguments.GetRequiredValue(checkpointOption), device.Device);
        var images = new float[count * DataSource.Garments.Size];
        model.Sample(seed, images);
        SamplesPicture.Save(images, DataSource.Garments,
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} samples from the prior, after {model.Steps:N0} steps"), path);
        Console.WriteLine($"{path}: {count} images drawn from the prior with seed {seed}.");
        return ExitCode.Success;
    }
}
