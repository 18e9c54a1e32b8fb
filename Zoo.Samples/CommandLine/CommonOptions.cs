using System.CommandLine;
using System.Globalization;
using Zoo.Samples.Data;

namespace Zoo.Samples.CommandLine;

/// <summary>Options that more than one command takes. Each call makes a new one, because defaults and descriptions differ.</summary>
internal static class CommonOptions
{
    static readonly string[] Devices = [ChosenDevice.Cpu, ChosenDevice.Gpu, ChosenDevice.Pocl];

    public static Option<string?> Data() => new("--data")
    {
        Description = "A folder with the four IDX files of MNIST or its kin (EMNIST's are turned upright), with folders train and test "
            + "that have a folder of PNG and JPEG files for each class (made of the size and the colours that the model takes), with the "
            + "binary files of CIFAR-10 or CIFAR-100, with train.csv and test.csv (label, then pixels from 0 to 255), or with x_train.npy, "
            + "y_train.npy, x_test.npy and y_test.npy (bytes, channels first); or 'fashion-mnist' for all of Fashion-MNIST from the "
            + "Debian package "
            + "dataset-fashion-mnist. Without it: the 10,000 training and 2,000 test images that come with the program.",
        HelpName = "DIR|fashion-mnist",
    };

    public static Option<bool> SkipUnreadable() => new("--skip-unreadable")
    {
        Description = "Of a folder of pictures, leave out files that cannot be read, and name them. Without it: the first one ends "
            + "the command.",
    };

    public static Option<string?> TrainingData()
    {
        var mixtures = string.Join('|', GaussianMixture.All.Select(mixture => mixture.Name));
        return new("--data")
        {
            Description = $"{Data().Description} For models of points: {mixtures.Replace("|", " or ")}.",
            HelpName = $"DIR|fashion-mnist|{mixtures}",
        };
    }

    public static Option<string> Device()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where the model runs. cpu: this processor. gpu: the best GPU of CUDA or OpenCL. pocl: an OpenCL that runs on "
                + "this processor, for trying "
                + "the GPU path without a GPU; slower than cpu (Linux only).",
            HelpName = string.Join('|', Devices),
            DefaultValueFactory = _ => ChosenDevice.Cpu,
        };
        option.CompletionSources.Add(Devices);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !Devices.Contains(result.Tokens[0].Value))
                result.AddError($"--device: expected {ChosenDevice.Cpu}, {ChosenDevice.Gpu} or {ChosenDevice.Pocl}, got "
                    + $"'{result.Tokens[0].Value}'.");
        });
        return option;
    }

    /// <param name="device">The command's option of the device, which must be the processor where this one is given.</param>
    public static Option<int?> Threads(Option<string> device)
    {
        var option = new Option<int?>("--threads") { Description = "Threads to compute with. Without it: one for each core. Results do "
            + "not depend on it.", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var threads)
                && threads is < 1 or > 1024)
                result.AddError($"--threads: expected a number from 1 to 1024, got {threads}.");
            if (result.GetResult(device) is { Tokens: [var chosen] } && chosen.Value != ChosenDevice.Cpu)
                result.AddError($"--threads: only --device {ChosenDevice.Cpu} takes a number of threads, not --device {chosen.Value}.");
        });
        return option;
    }

    public static Option<ulong> Seed(string description) => new("--seed") { Description = description, HelpName = "N" };

    public static Option<bool> NoDataCheck() => new("--no-data-check") { Description = "Do not look for pixels that are not from 0 to 1." };

    /// <summary>Adds bounds: outside of them, what was expected and what came.</summary>
    public static Option<T> Within<T>(this Option<T> option, long least, long most)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count != 1 || !long.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value)) return;
            if (value < least || value > most)
                result.AddError($"{option.Name}: expected a number from {least} to {most}, got {value}.");
        });
        return option;
    }
}
