namespace Zoo.Runtime;

/// <summary>
/// Replaces a file as a whole: whoever opens it, or crashes while it is written, finds the old content or the new, never a part.
/// </summary>
/// <remarks>
/// The new content is written beside the target, under a name that only this class gives, and locked until it has the target's name. A
/// process that is killed before leaves that file behind, unlocked: so the next write into the folder knows it for what it is and removes
/// it. Names are random, not one fixed name for each target: two processes that save to one path at once would lock, truncate and rename
/// each other's file.
/// </remarks>
internal static class AtomicFile
{
    const string Prefix = ".zoo-";
    const string Suffix = ".tmp";

    // Another's cleaning can take a file for one left behind: between its creation and its lock, and where locks do not work (some network
    // file systems) at any time. Then it is written once more.
    const int Attempts = 16;

    /// <summary>
    /// Writes beside the target, on the same file system, flushes to the disk, then renames over it. On failure the new file is removed.
    /// </summary>
    /// <param name="path">The target.</param>
    /// <exception cref="IOException">It cannot be written, or what is there is no regular file.</exception>
    /// <param name="write">Writes the content; more than once where another process interferes.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var temporary = "";
        try
        {
            var target = Path.GetFullPath(path);
            if (SpecialFile.KindOf(target) is { } kind) throw new IOException($"{kind} is there, and only a regular file is replaced.");
            // A link stays a link: what it points to is replaced.
            if (new FileInfo(target) is { LinkTarget: not null } link) target = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            var folder = Path.GetDirectoryName(target) ?? target;
            RemoveLeftovers(folder);
            for (var attempt = 1; ; attempt++)
            {
                temporary = Path.Combine(folder, $"{Prefix}{Path.GetRandomFileName()}{Suffix}");
                if (TryWrite(temporary, target, write, isLast: attempt == Attempts)) return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Named(path, temporary, e);
        }
    }

    /// <summary>False where the new file was gone before it got the target's name.</summary>
    static bool TryWrite(string temporary, string target, Action<Stream> write, bool isLast)
    {
        try
        {
            // Windows renames an open file only where the opener shares that. Elsewhere sharing nothing is what locks, and nothing keeps
            // from renaming.
            var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            using var stream = Create(temporary, share, isLast);
            if (stream is null) return false;
            var mode = Mode(target);
            // What only its owner may read is no other's either while it is written; who removes it after a kill must be able to open it.
            if (!OperatingSystem.IsWindows() && mode is { } old)
                File.SetUnixFileMode(stream.SafeFileHandle, old | UnixFileMode.UserRead | UnixFileMode.UserWrite);
            write(stream);
            stream.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows() && mode is { } kept) File.SetUnixFileMode(stream.SafeFileHandle, kept);
            File.Move(temporary, target, overwrite: true);
            return true;
        }
        catch (FileNotFoundException) when (!isLast && !File.Exists(temporary))
        {
            return false;
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <summary>Who may read and write the file that is replaced; null where there is none, or where that is no matter of modes.</summary>
    static UnixFileMode? Mode(string target) => !OperatingSystem.IsWindows() && File.Exists(target) ? File.GetUnixFileMode(target) : null;

    /// <summary>The new file, locked; null where another's cleaning came between its creation and its lock.</summary>
    static FileStream? Create(string temporary, FileShare share, bool isLast)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, share, 1 << 16);
        }
        // A sharing violation has no type of its own; what has one (no folder, a name too long) would only fail again.
        catch (IOException e) when (!isLast && e.GetType() == typeof(IOException))
        {
            Remove(temporary);
            return null;
        }
    }

    /// <summary>Removes what killed processes left in a folder: files of our names that nobody has locked.</summary>
    static void RemoveLeftovers(string folder)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}", new EnumerationOptions { AttributesToSkip = 0 }))
            {
                try
                {
                    // Opening it alone fails while its writer lives; closing removes it before another can take it.
                    new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed can be written to all the same.
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

    /// <summary>The same kind of error, about the path that was given: of the file beside it the caller knows nothing.</summary>
    static Exception Named(string path, string temporary, Exception error)
    {
        var reason = temporary.Length == 0 ? error.Message : error.Message.Replace(temporary, path, StringComparison.Ordinal);
        var message = $"Cannot save '{path}': {reason}";
        return error switch
        {
            DirectoryNotFoundException => new DirectoryNotFoundException(message, error),
            FileNotFoundException => new FileNotFoundException(message, path, error),
            PathTooLongException => new PathTooLongException(message, error),
            IOException => new IOException(message, error) { HResult = error.HResult },
            _ => new UnauthorizedAccessException(message, error),
        };
    }
}
