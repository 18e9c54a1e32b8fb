using Zoo.Models;

namespace Zoo.Samples.CommandLine;

/// <summary>Opens what training left.</summary>
internal static class Checkpoints
{
    /// <exception cref="CommandException">There is no such file; which option named it is said.</exception>
    public static FashionVae Load(string option, string path, Device device)
    {
        if (!File.Exists(path)) throw new CommandException($"{option}: expected a checkpoint, but there is no file '{path}'.");
        return FashionVae.Load(path, device);
    }
}
