using System.Buffers.Binary;
using System.IO.Compression;

namespace Zoo;

/// <summary>
/// The content of a gzip file (RFC 1952), every member of it, with all that the format lets one check: header, checksum, length, and that
/// nothing else follows. The framework's own reader stops looking when the content is whole, and calls whatever is wrong an unsupported
/// compression method.
/// </summary>
internal sealed class CheckedGzipStream : Stream
{
    const int TrailerBytes = 8;

    readonly ReadOnlyMemory<byte> file;
    readonly string name;
    Feed feed;
    DeflateStream inflater;
    Crc32 checksum = new();
    uint length;
    bool ended;

    /// <param name="file">The whole file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="InvalidDataException">It does not begin with a gzip header.</exception>
    public CheckedGzipStream(ReadOnlyMemory<byte> file, string name)
    {
        (this.file, this.name) = (file, name);
        (feed, inflater) = Begin(0);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Whether bytes begin as a gzip file does.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, ..];

    public override int Read(Span<byte> buffer)
    {
        while (!ended && !buffer.IsEmpty)
        {
            var read = Inflate(buffer);
            if (read > 0)
            {
                checksum.Add(buffer[..read]);
                length = unchecked(length + (uint)read);
                return read;
            }
            EndMember();
        }
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inflater.Dispose();
        base.Dispose(disposing);
    }

    int Inflate(Span<byte> buffer)
    {
        try
        {
            return inflater.Read(buffer);
        }
        catch (InvalidDataException damaged)
        {
            throw Bad(feed.HasEnded ? Cut : "damaged: its compressed data is no deflate stream", damaged);
        }
    }

    const string Cut = "truncated: its compressed data ends early";

    /// <summary>The inflater gives no more: the trailer must follow, and after it another member, zeros or nothing.</summary>
    void EndMember()
    {
        if (feed.HasEnded) throw Bad(Cut);
        var end = ExactEnd();
        var left = file.Length - end;
        if (left < TrailerBytes)
            throw Bad($"truncated: {TrailerBytes} bytes of checksum and length should follow its compressed data, but {left} do");
        var trailer = file.Span.Slice(end, TrailerBytes);
        var (sum, count) = (BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]));
        if (sum != checksum.Value) throw Bad($"damaged: its checksum is {sum:X8}, but that of its content is {checksum.Value:X8}");
        if (count != length) throw Bad($"damaged: its content should have {count} bytes modulo 2³², but has {length}");
        var next = end + TrailerBytes;
        var rest = file.Span[next..];
        inflater.Dispose();
        // Tapes are filled up with zeros; gzip itself passes over them too.
        if (!rest.ContainsAnyExcept((byte)0)) ended = true;
        else if (IsGzip(rest))
        {
            (feed, inflater) = Begin(next);
            (checksum, length) = (new Crc32(), 0);
        }
        else throw Bad($"oversized: {rest.Length} bytes that are not gzip follow its content, from byte {next} on");
    }

    /// <summary>
    /// Where the compressed data ends. The inflater takes more than it needs, so the last stretch is given to it byte by byte: mostly that
    /// is where the member ends. Where it ended before, in the middle of a larger stretch, it is read again with the bytes of that stretch
    /// one by one.
    /// </summary>
    int ExactEnd()
    {
        if (feed.IsExact) return feed.Next;
        var again = new Feed(file, feed.Start, feed.LastStart);
        using var inflater = new DeflateStream(again, CompressionMode.Decompress);
        var scratch = new byte[1 << 16];
        while (inflater.Read(scratch) > 0) { }
        return again.Next;
    }

    (Feed Feed, DeflateStream Inflater) Begin(int start)
    {
        var feed = new Feed(file, start + HeaderBytes(file.Span[start..]), file.Length - TrailerBytes - 64);
        return (feed, new DeflateStream(feed, CompressionMode.Decompress));
    }

    int HeaderBytes(ReadOnlySpan<byte> member)
    {
        const int extra = 4, named = 8, commented = 16, hasSum = 2, reserved = 0xE0;
        if (member.Length < 10) throw Bad($"truncated: a gzip header has at least 10 bytes, but {member.Length} are there");
        if (member[2] != 8) throw Bad($"compression method {member[2]} is not known; gzip has only 8, deflate");
        var flags = member[3];
        if ((flags & reserved) != 0) throw Bad($"damaged: its gzip header has the reserved flags {flags & reserved:X2}");
        var at = 10;
        if ((flags & extra) != 0) at += at + 2 <= member.Length ? 2 + BinaryPrimitives.ReadUInt16LittleEndian(member[at..]) : 2;
        if ((flags & named) != 0) at = AfterZero(member, at);
        if ((flags & commented) != 0) at = AfterZero(member, at);
        if ((flags & hasSum) != 0) at += 2;
        return at <= member.Length ? at : throw Bad("truncated: it ends in its gzip header");
    }

    static int AfterZero(ReadOnlySpan<byte> member, int at) =>
        at < member.Length && member[at..].IndexOf((byte)0) is var zero and >= 0 ? at + zero + 1 : member.Length + 1;

    InvalidDataException Bad(string what, Exception? inner = null) => new($"{name}: {what}.", inner);

    /// <summary>The file for an inflater: in stretches up to a place, from there byte by byte.</summary>
    sealed class Feed(ReadOnlyMemory<byte> file, int start, int exactFrom) : Stream
    {
        const int Stretch = 1 << 14;

        public int Start { get; } = start;

        /// <summary>The next byte to be given.</summary>
        public int Next { get; private set; } = start;

        /// <summary>First byte of what was given last.</summary>
        public int LastStart { get; private set; } = start;

        /// <summary>Whether the last read was of a byte, so that <see cref="Next"/> is where the inflater stopped.</summary>
        public bool IsExact => Next - LastStart == 1;

        /// <summary>Whether more was asked for than there is.</summary>
        public bool HasEnded { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var left = file.Length - Next;
            var count = Math.Min(Math.Min(left, buffer.Length), Next < exactFrom ? Math.Min(Stretch, exactFrom - Next) : 1);
            if (count == 0)
            {
                HasEnded = HasEnded || left == 0;
                return 0;
            }
            file.Span.Slice(Next, count).CopyTo(buffer);
            LastStart = Next;
            Next += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
