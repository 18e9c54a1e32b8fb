namespace Zoo.Samples.CommandLine;

/// <summary>Where a run leaves its files.</summary>
internal sealed class OutputFolder
{
    public const string Default = "out";

    readonly string path;

    OutputFolder(string path) => this.path = path;

    /// <summary>Makes the folder and writes to it, so that one that cannot be written is known before training rather than after.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="option">What names it, for the message.</param>
    /// <exception cref="CommandException">It cannot be made or written.</exception>
    public static OutputFolder Open(string path, string option = "--out")
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{option}: expected a folder that can be written, got '{path}': {error.Message}");
        }
        return new OutputFolder(path);
    }

    /// <summary>A file in the folder, as a path from where the program was started.</summary>
    public string PathOf(string name) => Path.Combine(path, name);
}
