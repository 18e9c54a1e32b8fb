using System.Buffers.Binary;
using System.IO.Compression;

namespace Zoo.Tests.Data;

/// <summary>IDX files, good and bad, made byte by byte from the format's description rather than by the reader's own code.</summary>
internal static class IdxBytes
{
    public static byte[] Make(byte type, uint[] sizes, byte[] data)
    {
        var bytes = new byte[4 + 4 * sizes.Length + data.Length];
        bytes[2] = type;
        bytes[3] = (byte)sizes.Length;
        for (var i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + 4 * i), sizes[i]);
        data.CopyTo(bytes, 4 + 4 * sizes.Length);
        return bytes;
    }

    /// <summary>Image i has pixels i, i + 1, … (mod 256), so that a shifted read shows.</summary>
    public static byte[] Images(int count, int height, int width) =>
        Make(0x08, [(uint)count, (uint)height, (uint)width],
            [.. Enumerable.Range(0, count * height * width).Select(p => (byte)(p / (height * width) + p % (height * width)))]);

    /// <summary>Label of image i is i mod 10.</summary>
    public static byte[] Labels(int count) => Make(0x08, [(uint)count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);

    public static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal)) gzip.Write(bytes);
        return memory.ToArray();
    }
}
