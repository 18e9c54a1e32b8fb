using System.Text;
using static Zoo.Tests.Data.NpyBytes;

namespace Zoo.Tests.Data;

public sealed class NpyFileTests
{
    static NpyFile Read(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        return NpyFile.Read(folder.Write("a.npy", bytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Floats_of_every_version_gzip_or_plain(byte version)
    {
        // 1.5, −2, 0.25 as IEEE 754 writes them.
        var bytes = Npy(Header("<f4", "(1, 3)"), [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0x80, 0x3E], version);
        foreach (var file in (NpyFile[])[Read(bytes), Read(IdxBytes.Gzip(bytes))])
        {
            Assert.Equal("f4", file.Type);
            Assert.Equal([1, 3], file.Sizes.ToArray());
            Assert.Equal([1.5f, -2, 0.25f], file.ToFloats());
        }
    }

    [Fact]
    public void Doubles_integers_and_bytes()
    {
        Assert.Equal([1.5f], Read(Npy(Header("<f8", "(1,)"), [0, 0, 0, 0, 0, 0, 0xF8, 0x3F])).ToFloats());
        var four = Read(Npy(Header("<i4", "(2,)"), [1, 2, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF]));
        Assert.Equal([513, -2], four.ToIntegers());
        Assert.Equal([513f, -2], four.ToFloats());
        var eight = Read(Npy(Header("<i8", "(2,)"), [5, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]));
        Assert.Equal([5, -1], eight.ToIntegers());
        Assert.Equal([5f, -1], eight.ToFloats());
        var bytes = Read(Npy(Header("|u1", "(2, 1, 2)"), [0, 255, 3, 4]));
        Assert.Equal([0f, 255, 3, 4], bytes.ToFloats());
        Assert.Equal([0, 255, 3, 4], bytes.ToIntegers());
        Assert.Equal(new byte[] { 0, 255, 3, 4 }, bytes.ToBytes().ToArray());
    }

    [Fact]
    public void A_single_number_and_an_empty_array()
    {
        var single = Read(Npy(Header("|u1", "()"), [7]));
        Assert.Equal((0, 1), (single.Sizes.Length, single.Length));
        Assert.Empty(Read(Npy(Header("<f4", "(0, 5)"), [])).ToFloats());
    }

    public static TheoryData<byte[], string> Bad()
    {
        var good = Npy(Header("<f4", "(2, 2)"), new byte[16]);
        var listed = "{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (2,), }";
        return new()
        {
            { [], "not a .npy file; expected it to begin with 93 4E 55 4D 50 59, got nothing" },
            { [.. "PK\u0003\u0004 and more"u8], "not a .npy file; expected it to begin with 93 4E 55 4D 50 59, got 50 4B 03 04 20 61" },
            { good[..8], "truncated; expected at least 10 bytes of header, got 8" },
            { good[..40], "truncated; expected a header of 128 bytes, got 40" },
            { good[..^1], "truncated; expected 16 bytes after the header (f4, 2 × 2), got 15" },
            { [.. good, 0], "oversized; expected 16 bytes after the header (f4, 2 × 2), got 17" },
            { Npy(Header("<f4", "(2, 2)"), new byte[16], version: 4), "expected version 1, 2 or 3 of the format, got 4.0" },
            { Npy(Header("<f4", "(2, 2)", "True"), new byte[16]),
                "expected C order (last axis fastest), got Fortran order; write numpy.ascontiguousarray of it" },
            { Npy(Header("|O", "(2,)"), new byte[16]),
                "it holds pickled Python objects (|O), which are not read; save an array of numbers" },
            { Npy(Header(">f4", "(2,)"), new byte[8]), "expected little-endian elements, got big-endian >f4; write .astype('<f4') of it" },
            { Npy(Header("<f2", "(2,)"), new byte[4]), "expected elements of type <f4, <f8, <i4, <i8 or |u1, got <f2" },
            { Npy(listed, new byte[16]), "expected elements of type <f4, <f8, <i4, <i8 or |u1, got [('a', '<f4'), ('b', '<i4')]" },
            { Npy("{'descr': '<f4', 'shape': (2,), }", new byte[8]),
                "damaged; expected an entry 'fortran_order' in its header, got {'descr': '<f4', 'shape': (2,), }" },
            { Npy(Header("<f4", "(-2,)"), new byte[8]), "expected sizes of at most 2147483591 elements in all, got -2 on axis 0" },
            { Npy(Header("<f4", "(2000000000, 2000000000, 2000000000)"), new byte[8]),
                "expected sizes of at most 2147483591 elements in all, got 2000000000 on axis 1" },
        };
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_files_are_refused_by_name_with_what_was_expected_and_what_came(byte[] bytes, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad.npy", bytes);
        Assert.Equal($"{path}: {expected}.", Assert.Throws<InvalidDataException>(() => NpyFile.Read(path)).Message);
    }

    [Fact]
    public void Elements_that_cannot_be_taken_are_named_with_their_place()
    {
        void Refused(NpyFile file, Func<NpyFile, object> take, string expected) =>
            Assert.EndsWith($"a.npy: {expected}.", Assert.Throws<InvalidDataException>(() => take(file)).Message);
        var quiet = Read(Npy(Header("<f4", "(2, 2)"), [.. new byte[8], 0, 0, 0xC0, 0x7F, .. new byte[4]]));
        Refused(quiet, file => file.ToFloats(), "expected finite numbers of single precision, but element [1, 0] is NaN");
        var large = Read(Npy(Header("<f8", "(2,)"), [.. new byte[8], .. BitConverter.GetBytes(1e300)]));
        Refused(large, file => file.ToFloats(), "expected finite numbers of single precision, but element [1] is 1E+300");
        Refused(large, file => file.ToIntegers(), "expected integers (u1, i4 or i8), got f8");
        Refused(large, file => file.ToBytes(), "expected bytes (u1), got f8");
        var wide = Read(Npy(Header("<i8", "(1,)"), BitConverter.GetBytes(1L << 40)));
        Refused(wide, file => file.ToIntegers(), "expected integers from -2147483648 to 2147483647, but element [0] is 1099511627776");
        Assert.Throws<FileNotFoundException>(() => NpyFile.Read("/no/such/file"));
    }
}
