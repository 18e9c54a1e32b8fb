namespace Zoo;

/// <summary>A file is no checkpoint of the model: truncated, corrupt, or of other names, shapes or types. The model is as it was.</summary>
public sealed class CheckpointException : IOException
{
    const int Shown = 20;

    /// <summary>The exception for one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">At least one: what was expected, and what came.</param>
    public CheckpointException(string path, params IReadOnlyList<string> problems) : base(Describe(path, problems)) =>
        (Path, Problems) = (path, problems);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>All that is wrong with it; the message shows the first twenty.</summary>
    public IReadOnlyList<string> Problems { get; }

    static string Describe(string path, IReadOnlyList<string> problems)
    {
        if (problems.Count == 1) return $"Cannot load '{path}': {problems[0]}";
        var more = problems.Count > Shown ? $"\n  and {problems.Count - Shown} more" : "";
        return $"Cannot load '{path}':\n  {string.Join("\n  ", problems.Take(Shown))}{more}";
    }
}
