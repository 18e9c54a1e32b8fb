using System.Buffers.Binary;

namespace Zoo;

/// <summary>
/// A file of unsigned bytes in the IDX format of MNIST (LeCun, Cortes and Burges 1998): two zero bytes, a type code, the rank, one
/// big-endian 32-bit size for each axis, then the bytes, last axis fastest.
/// </summary>
public sealed class IdxFile
{
    const byte UnsignedByte = 0x08;
    const int FirstBuffer = 1 << 20;

    readonly int[] sizes;

    IdxFile(int[] sizes, ReadOnlyMemory<byte> data) => (this.sizes, Data) = (sizes, data);

    /// <summary>Size of each axis, in elements; the first one counts examples.</summary>
    public ReadOnlySpan<int> Sizes => sizes;

    /// <summary>The elements, last axis fastest; as many as the product of <see cref="Sizes"/>.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Reads a file, gzip or plain: its first bytes decide, not its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">Number of axes it must have: 3 for images, 1 for labels.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is truncated, longer than its header says, damaged, or of another type or
    /// rank.</exception>
    public static IdxFile Read(string path, int rank)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: no such file.", path);
        using var stream = File.OpenRead(path);
        return Read(stream, path, rank);
    }

    /// <summary>Reads a stream to its end, gzip or plain.</summary>
    /// <param name="stream">The bytes; need not be seekable; stays open.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="rank">Number of axes it must have.</param>
    /// <exception cref="InvalidDataException">The stream is truncated, longer than its header says, damaged, or of another type or
    /// rank.</exception>
    public static IdxFile Read(Stream stream, string name, int rank)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (rank is < 1 or > 255) throw new ArgumentOutOfRangeException(nameof(rank), rank, "The IDX format has ranks from 1 to 255.");
        var head = new byte[2];
        var peeked = stream.ReadAtLeast(head, 2, throwOnEndOfStream: false);
        using var whole = new PeekedStream(head.AsMemory(0, peeked), stream);
        if (!CheckedGzipStream.IsGzip(head.AsSpan(0, peeked))) return Parse(whole, name, rank);
        using var compressed = new MemoryStream();
        whole.CopyTo(compressed);
        using var gzip = new CheckedGzipStream(compressed.GetBuffer().AsMemory(0, (int)compressed.Length), name);
        return Parse(gzip, name, rank);
    }

    static IdxFile Parse(Stream stream, string name, int rank)
    {
        var header = new byte[4 + 4 * rank];
        var read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        // A wrong type or rank explains more than a short header does, so it is looked at first.
        if (read >= 4)
        {
            if (header[0] != 0 || header[1] != 0)
                throw new InvalidDataException($"{name}: not an IDX file; expected it to begin with bytes 00 00, got {header[0]:X2} "
                    + $"{header[1]:X2}.");
            if (header[2] != UnsignedByte)
                throw new InvalidDataException($"{name}: expected elements of type 0x08 (unsigned byte), got type 0x{header[2]:X2}.");
            if (header[3] != rank) throw new InvalidDataException($"{name}: expected {Axes(rank)}, got {Axes(header[3])}.");
        }
        if (read < header.Length)
            throw new InvalidDataException($"{name}: truncated; expected a header of {header.Length} bytes, got {read}.");

        var sizes = new int[rank];
        var length = 1L;
        for (var axis = 0; axis < rank; axis++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + 4 * axis));
            if (axis > 0 && size == 0) throw new InvalidDataException($"{name}: expected a size of at least 1 on axis {axis}, got 0.");
            // Checked axis by axis: the product of the sizes of a damaged header can overflow 64 bits too.
            if (size > Array.MaxLength || (length *= size) > Array.MaxLength)
                throw new InvalidDataException($"{name}: its header asks for more elements than an array can hold; expected at most "
                    + $"{Array.MaxLength}, got a size of {size} on axis {axis}.");
            sizes[axis] = (int)size;
        }

        var data = ReadData(stream, name, (int)length);
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException($"{name}: oversized; expected {length} bytes after the header "
                + $"({string.Join(" × ", sizes)}), got more.");
        return new IdxFile(sizes, data);
    }

    // Grows with what is there: a damaged header must not make a kilobyte of file ask for two gigabytes of memory.
    static byte[] ReadData(Stream stream, string name, int length)
    {
        var data = new byte[Math.Min(length, FirstBuffer)];
        for (var read = 0; ;)
        {
            read += stream.ReadAtLeast(data.AsSpan(read), data.Length - read, throwOnEndOfStream: false);
            if (read < data.Length)
                throw new InvalidDataException($"{name}: truncated; expected {length} bytes after the header, got {read}.");
            if (read == length) return data;
            Array.Resize(ref data, (int)Math.Min(length, 2L * data.Length));
        }
    }

    static string Axes(int rank) => rank == 1 ? "1 axis" : $"{rank} axes";
}
