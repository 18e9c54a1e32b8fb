namespace Zoo.Runtime;

/// <summary>Replaces a file as a whole: whoever opens it, or crashes while it is written, finds the old content or the new, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the target, on the same file system, flushes to the disk, then renames over it. On failure the new file is removed.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        // A link stays a link: what it points to is replaced.
        if (new FileInfo(path) is { LinkTarget: not null } link) path = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var temporary = Path.Combine(Path.GetDirectoryName(path) ?? path, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    // What went wrong while writing is worth more than what goes wrong while cleaning up.
    static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
