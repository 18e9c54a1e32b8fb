using Xunit;

namespace Zoo.Tests.Data;

public sealed class IdxFileTests
{
    /// <summary>What is wrong, the bytes, the rank that is asked for, and what the message must say.</summary>
    public static TheoryData<string, byte[], int, string> Bad()
    {
        var good = IdxBytes.Images(4, 3, 3);
        var rows = new TheoryData<string, byte[], int, string>
        {
            { "empty", [], 3, "truncated; expected a header of 16 bytes, got 0" },
            { "one byte", [0], 3, "truncated; expected a header of 16 bytes, got 1" },
            { "half a header", good[..9], 3, "truncated; expected a header of 16 bytes, got 9" },
            { "no data", good[..16], 3, "truncated; expected 36 bytes after the header, got 0" },
            { "one byte short", good[..^1], 3, "truncated; expected 36 bytes after the header, got 35" },
            { "one byte long", [.. good, 0], 3, "oversized; expected 36 bytes after the header (4 × 3 × 3), got more" },
            { "not IDX", [.. "PNG, rather"u8.ToArray(), .. good], 3, "expected it to begin with bytes 00 00, got 50 4E" },
            { "floats", IdxBytes.Make(0x0D, [4, 3, 3], new byte[4 * 36]), 3,
                "expected elements of type 0x08 (unsigned byte), got type 0x0D" },
            { "labels for images", IdxBytes.Labels(4), 3, "expected 3 axes, got 1 axis" },
            { "images for labels", good, 1, "expected 1 axis, got 3 axes" },
            { "width 0", IdxBytes.Make(0x08, [4, 3, 0], []), 3, "expected a size of at least 1 on axis 2, got 0" },
            { "32 bits overflow", IdxBytes.Make(0x08, [65536, 256, 256], new byte[100]), 3, "got a size of 256 on axis 2" },
            { "64 bits overflow", IdxBytes.Make(0x08, [0x8000_0000, 0x8000_0000, 0x8000_0000], new byte[100]), 3,
                "got a size of 2147483648 on axis 0" },
            { "large but short", IdxBytes.Make(0x08, [2_000_000, 32, 32], new byte[100]), 3,
                "truncated; expected 2048000000 bytes after the header, got 100" },
        };
        return rows;
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_input_is_refused_by_name_with_what_was_expected_and_what_came(string what, byte[] bytes, int rank, string expected)
    {
        foreach (var (name, content) in (IEnumerable<(string, byte[])>)[($"{what}.idx", bytes), ($"{what}.idx.gz", IdxBytes.Gzip(bytes))])
        {
            var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(new MemoryStream(content), name, rank));
            Assert.StartsWith(name + ": ", error.Message);
            Assert.Contains(expected, error.Message);
        }
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_refused()
    {
        var whole = IdxBytes.Gzip(IdxBytes.Images(20, 7, 7));
        // The last eight bytes are the check sum and the length; without them the data may be whole.
        for (var length = 2; length < whole.Length - 8; length += 3)
        {
            var cut = whole[..length];
            var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(new MemoryStream(cut), "cut.gz", 3));
            Assert.StartsWith("cut.gz: ", error.Message);
        }
    }

    [Fact]
    public void A_gzip_file_with_damaged_bytes_never_gives_anything_but_an_invalid_data_exception()
    {
        var whole = IdxBytes.Gzip(IdxBytes.Images(20, 7, 7));
        for (var at = 2; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x55;
            try
            {
                IdxFile.Read(new MemoryStream(damaged), "damaged.gz", 3);
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("damaged.gz: ", error.Message);
            }
        }
    }

    [Fact]
    public void A_header_alone_does_not_take_the_memory_it_asks_for()
    {
        var header = IdxBytes.Make(0x08, [2_000_000, 32, 32], []);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(new MemoryStream(header), "header", 3));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void More_than_the_first_buffer_is_read_whole()
    {
        var bytes = IdxBytes.Images(5000, 28, 28);
        Assert.Equal(bytes[16..], IdxFile.Read(new MemoryStream(IdxBytes.Gzip(bytes)), "large", 3).Data.ToArray());
    }

    [Fact]
    public void A_set_of_no_examples_is_a_set() => Assert.Equal(0, IdxFile.Read(new MemoryStream(IdxBytes.Labels(0)), "none", 1).Sizes[0]);
}
