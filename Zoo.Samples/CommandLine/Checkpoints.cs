namespace Zoo.Samples.CommandLine;

/// <summary>Opens what training left.</summary>
internal static class Checkpoints
{
    /// <exception cref="CommandException">There is no such file; which option named it is said.</exception>
    public static TModel Load<TModel>(string option, string path, Device device) where TModel : IGenerativeModel<TModel>
    {
        if (!File.Exists(path)) throw new CommandException($"{option}: expected a checkpoint, but there is no file '{path}'.");
        return TModel.Load(path, device);
    }
}
