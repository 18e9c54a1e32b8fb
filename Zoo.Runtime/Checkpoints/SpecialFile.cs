using System.Runtime.InteropServices;

namespace Zoo.Runtime;

/// <summary>
/// What is at a path, where that is no regular file: the base library tells directories and links alone, and to open a pipe or a device
/// would wait for its other end, or do something.
/// </summary>
internal static partial class SpecialFile
{
    const int Here = -100, TypeBits = 0xF000;
    const uint TypeWanted = 1;

    /// <summary>
    /// Its kind with an article, of what links lead to; null of regular files, directories, of nothing, and where nobody can tell.
    /// </summary>
    public static string? KindOf(string path)
    {
        // What follows is of Linux, the same on all its processors.
        if (!OperatingSystem.IsLinux()) return null;
        var status = default(Status);
        try
        {
            if (ReadStatus(Here, path, 0, TypeWanted, ref status) != 0) return null;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // A C library older than the call.
            return null;
        }
        return (status.Mode & TypeBits) switch
        {
            0x1000 => "a pipe",
            0x2000 => "a character device",
            0x6000 => "a block device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    /// <summary>statx(2).</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadStatus(int folder, string path, int flags, uint wanted, ref Status status);

    /// <summary>struct statx, of which the type alone is read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct Status
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
