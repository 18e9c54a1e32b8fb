namespace Zoo.Samples.CommandLine;

/// <summary>The files that a run leaves in its folder, with what each of them shows.</summary>
internal sealed class OutputFiles(OutputFolder folder)
{
    readonly List<(string Path, string What)> all = [];

    public IReadOnlyList<(string Path, string What)> All => all;

    /// <summary>Where the next file goes.</summary>
    public string Add(string name, string what)
    {
        var path = folder.PathOf(name);
        all.Add((path, what));
        return path;
    }
}
