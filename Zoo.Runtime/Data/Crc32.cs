namespace Zoo;

/// <summary>The checksum of gzip (RFC 1952, section 8): the remainder modulo the polynomial 04C11DB7, bits reflected.</summary>
internal struct Crc32()
{
    static readonly uint[] Table = MakeTable();

    uint remainder = uint.MaxValue;

    /// <summary>The checksum of all that was added.</summary>
    public readonly uint Value => ~remainder;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var r = remainder;
        foreach (var b in bytes) r = Table[(byte)(r ^ b)] ^ (r >> 8);
        remainder = r;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var r = i;
            for (var bit = 0; bit < 8; bit++) r = (r & 1) != 0 ? (r >> 1) ^ 0xEDB88320 : r >> 1;
            table[i] = r;
        }
        return table;
    }
}
