using System.Buffers.Binary;

namespace Zoo.Tests.Data;

/// <summary>What can be wrong with a gzip file, by its own name; and what a gzip file may be.</summary>
public sealed class GzipTests
{
    static readonly byte[] Content = IdxBytes.Images(20, 7, 7);
    static readonly byte[] Whole = IdxBytes.Gzip(Content);

    // Pixels without a pattern, so that the compressed data has many stretches.
    static readonly byte[] Noise = Random(200, 28, 28);

    static byte[] Random(int count, int height, int width)
    {
        var pixels = new byte[count * height * width];
        new System.Random(3).NextBytes(pixels);
        return IdxBytes.Make(0x08, [(uint)count, (uint)height, (uint)width], pixels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_cut_in_the_trailer(int bytes) =>
        Refused(Whole[..^bytes], $"truncated: 8 bytes of checksum and length should follow its compressed data, but {8 - bytes} do");

    [Theory]
    [InlineData(9)]
    [InlineData(100)]
    public void A_cut_in_the_compressed_data(int bytes) => Refused(Whole[..^bytes], "truncated");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Something_else_behind_it(bool large)
    {
        var whole = large ? IdxBytes.Gzip(Noise) : Whole;
        Refused([.. whole, 1], $"oversized: 1 bytes that are not gzip follow its content, from byte {whole.Length} on");
        Refused([.. whole, .. "<html>"u8], "oversized: 6 bytes that are not gzip");
        Refused([.. whole, .. new byte[5000], 7], "oversized: 5001 bytes that are not gzip");
        Refused([.. whole, 0x1F], "oversized: 1 bytes");
        Refused([.. whole, .. new byte[100_000], 7], "oversized: 100001 bytes");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    public void A_wrong_checksum(int fromTheEnd)
    {
        var damaged = Whole.ToArray();
        damaged[^fromTheEnd] ^= 1;
        var error = Refused(damaged, "damaged: its checksum is ");
        Assert.Contains($"{BinaryPrimitives.ReadUInt32LittleEndian(damaged.AsSpan(damaged.Length - 8)):X8}, but that of its content is "
            + $"{BinaryPrimitives.ReadUInt32LittleEndian(Whole.AsSpan(Whole.Length - 8)):X8}", error);
        Assert.DoesNotContain("compression method", error);
    }

    [Fact]
    public void A_wrong_length()
    {
        var damaged = Whole.ToArray();
        damaged[^4] ^= 1;
        Refused(damaged, $"damaged: its content should have {Content.Length ^ 1} bytes modulo 2³², but has {Content.Length}");
    }

    [Fact]
    public void Content_that_was_changed_after_it_was_packed()
    {
        // Stored blocks: a changed byte is still a deflate stream.
        var stored = Stored(Content);
        Assert.Equal(Content[16..], Read(stored));
        stored[60] ^= 4;
        Refused(stored, "damaged: its checksum is");
    }

    [Fact]
    public void Headers_that_are_none()
    {
        var method = Whole.ToArray();
        method[2] = 7;
        Refused(method, "compression method 7 is not known; gzip has only 8, deflate");
        var flags = Whole.ToArray();
        flags[3] = 0x40;
        Refused(flags, "damaged: its gzip header has the reserved flags 40");
        Refused(Whole[..5], "truncated: a gzip header has at least 10 bytes, but 5 are there");
        var named = Whole[..10];
        named[3] = 8;
        Refused([.. named, .. "name"u8], "truncated: it ends in its gzip header");
    }

    [Theory]
    [InlineData(8, "images.idx\0")]
    [InlineData(16, "a comment\0")]
    [InlineData(4, "\u0003\u0000abc")]
    [InlineData(2, "\u0001\u0002")]
    [InlineData(4 + 8 + 16 + 2, "\u0001\u0000xname\0comment\0\u0001\u0002")]
    public void Headers_with_all_that_they_may_have(byte flags, string more)
    {
        var header = Whole[..10];
        header[3] = flags;
        Assert.Equal(Content[16..], Read([.. header, .. more.Select(c => (byte)c), .. Whole[10..]]));
    }

    [Fact]
    public void Several_members_are_one_content()
    {
        Assert.Equal(Content[16..], Read([.. IdxBytes.Gzip(Content[..100]), .. IdxBytes.Gzip(Content[100..])]));
        Assert.Equal(Noise[16..], Read([.. IdxBytes.Gzip(Noise[..50_000]), .. IdxBytes.Gzip([]), .. IdxBytes.Gzip(Noise[50_000..])]));
        var second = IdxBytes.Gzip(Content[100..]);
        second[^6] ^= 1;
        Refused([.. IdxBytes.Gzip(Content[..100]), .. second], "damaged: its checksum is");
        Refused([.. IdxBytes.Gzip(Content[..100]), .. IdxBytes.Gzip(Content[100..])[..^3]], "truncated");
    }

    [Fact]
    public void Zeros_behind_it_are_passed_over() => Assert.Equal(Content[16..], Read([.. Whole, .. new byte[700]]));

    [Fact]
    public void Every_single_changed_byte_is_refused_or_changes_nothing()
    {
        for (var at = 0; at < Whole.Length; at++)
        {
            var damaged = Whole.ToArray();
            damaged[at] ^= 0x55;
            if (Xunit.Record.Exception(() => Assert.Equal(Content[16..], Read(damaged))) is { } error)
                Assert.IsType<InvalidDataException>(error);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("123456789")]
    [InlineData("The quick brown fox jumps over the lazy dog")]
    public void Checksum(string text)
    {
        var crc = new Crc32();
        crc.Add(System.Text.Encoding.ASCII.GetBytes(text));
        Assert.Equal(text.Length switch { 0 => 0u, 9 => 0xCBF43926, _ => 0x414FA339 }, crc.Value);
    }

    static byte[] Read(byte[] file) => IdxFile.Read(new MemoryStream(file), "images.gz", 3).Data.ToArray();

    static string Refused(byte[] file, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(file));
        Assert.StartsWith("images.gz: ", error.Message);
        Assert.Contains(message, error.Message);
        return error.Message;
    }

    /// <summary>One block without compression.</summary>
    static byte[] Stored(byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(length.AsSpan(2), (ushort)~content.Length);
        return [.. Whole[..10], 1, .. length, .. content, .. Whole[^8..]];
    }
}
