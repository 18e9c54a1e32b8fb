using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Zoo.Samples.Pictures;

/// <summary>
/// Drawings one after another as an animated PNG (the APNG chunks of the third edition of the PNG specification). What shows PNG but not
/// animations shows the last one.
/// </summary>
internal static class Animation
{
    static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(value =>
    {
        var remainder = (uint)value;
        for (var bit = 0; bit < 8; bit++) remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
        return remainder;
    })];

    // How many times as long as the others the last one stays, before all begins again.
    const int LastFrames = 15;

    /// <param name="frames">At least one, all of one size.</param>
    /// <param name="milliseconds">How long each is shown; the last one longer.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(IReadOnlyList<SKImage> frames, int milliseconds, string path)
    {
        using var file = File.Create(path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var all = frames.Select(frame =>
        {
            using var encoded = frame.Encode(SKEncodedImageFormat.Png, 100);
            return Chunks(encoded.ToArray());
        }).ToArray();
        Write("IHDR", all[0].Single(chunk => chunk.Type == "IHDR").Data);
        Write("acTL", [.. BigEndian((uint)frames.Count), .. BigEndian(0)]);
        // An image without a frame's control is the one for viewers without animations.
        foreach (var (type, data) in all[^1]) if (type == "IDAT") Write(type, data);
        var sequence = 0u;
        for (var frame = 0; frame < frames.Count; frame++)
        {
            var delay = new byte[4];
            BinaryPrimitives.WriteUInt16BigEndian(delay, (ushort)(frame == frames.Count - 1 ? LastFrames * milliseconds : milliseconds));
            BinaryPrimitives.WriteUInt16BigEndian(delay.AsSpan(2), 1000);
            Write("fcTL",
            [
                .. BigEndian(sequence++), .. BigEndian((uint)frames[frame].Width), .. BigEndian((uint)frames[frame].Height),
                .. BigEndian(0), .. BigEndian(0), .. delay, 0, 0,
            ]);
            foreach (var (type, data) in all[frame]) if (type == "IDAT") Write("fdAT", [.. BigEndian(sequence++), .. data]);
        }
        Write("IEND", []);

        void Write(string type, byte[] data)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
            file.Write(BigEndian((uint)data.Length));
            file.Write(body);
            var remainder = 0xFFFFFFFF;
            foreach (var value in body) remainder = Remainders[(remainder ^ value) & 0xFF] ^ (remainder >> 8);
            file.Write(BigEndian(remainder ^ 0xFFFFFFFF));
        }
    }

    static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }
        return chunks;
    }
}
