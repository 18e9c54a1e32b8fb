using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Zoo.Tests.Samples;

/// <summary>
/// A PNG file of 8-bit samples, read by its specification (ISO/IEC 15948), so that tests see what the drawing library really wrote.
/// </summary>
internal sealed class PngImage
{
    static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    readonly byte[] samples;
    readonly int channels;

    public PngImage(string path)
    {
        var file = File.ReadAllBytes(path);
        if (!file.AsSpan().StartsWith(Signature)) throw new InvalidDataException($"{path}: not a PNG file.");
        using var packed = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var body = file.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(file, at + 4, 4))
            {
                case "IHDR":
                    (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]));
                    channels = (body[8], body[9], body[12]) switch
                    {
                        (8, 0, 0) => 1,
                        (8, 2, 0) => 3,
                        (8, 6, 0) => 4,
                        _ => throw new InvalidDataException($"{path}: depth {body[8]}, colour type {body[9]}, interlacing {body[12]} are "
                            + "not read here."),
                    };
                    break;
                case "IDAT":
                    packed.Write(body);
                    break;
            }
            at += 12 + length;
        }
        packed.Position = 0;
        using var raw = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Decompress)) zlib.CopyTo(raw);
        samples = Unfilter(raw.ToArray());
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Number of pixels in the rectangle whose red is below <paramref name="threshold"/>.</summary>
    public int Dark(int x, int y, int width, int height, int threshold = 128)
    {
        var count = 0;
        for (var row = y; row < y + height; row++)
        {
            for (var column = x; column < x + width; column++) count += samples[(row * Width + column) * channels] < threshold ? 1 : 0;
        }
        return count;
    }

    byte[] Unfilter(byte[] raw)
    {
        var stride = Width * channels;
        var result = new byte[Height * stride];
        for (var row = 0; row < Height; row++)
        {
            var filter = raw[row * (stride + 1)];
            for (var i = 0; i < stride; i++)
            {
                var left = i >= channels ? result[row * stride + i - channels] : 0;
                var up = row > 0 ? result[(row - 1) * stride + i] : 0;
                var corner = row > 0 && i >= channels ? result[(row - 1) * stride + i - channels] : 0;
                var predicted = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) };
                result[row * stride + i] = (byte)(raw[row * (stride + 1) + 1 + i] + predicted);
            }
        }
        return result;
    }

    static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
