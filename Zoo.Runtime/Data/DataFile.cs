namespace Zoo;

/// <summary>The content of a file of data, gzip or plain: its first bytes decide, not its name.</summary>
internal static class DataFile
{
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is gzip, but truncated or damaged.</exception>
    public static ReadOnlyMemory<byte> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: no such file.", path);
        var bytes = File.ReadAllBytes(path);
        if (!CheckedGzipStream.IsGzip(bytes)) return bytes;
        using var gzip = new CheckedGzipStream(bytes, path);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    /// <summary>The first of several names that a folder has.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">None is there; the message lists them.</exception>
    public static string Find(string directory, IReadOnlyList<string> names)
    {
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"{directory}: no such folder.");
        foreach (var name in names)
        {
            var path = Path.Combine(directory, name);
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException($"{directory}: none of {string.Join(", ", names)} is there.", Path.Combine(directory, names[0]));
    }
}
