using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Zoo.Samples.Data;

/// <summary>Arrays in NumPy's <c>.npy</c> format, version 1: single precision, little-endian, last axis fastest.</summary>
internal static class NpyWriter
{
    /// <summary>The header is filled up to a multiple of this, so that the numbers can be mapped to memory.</summary>
    const int Alignment = 64;

    /// <param name="file">Where to.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="sizes">Of the axes.</param>
    public static void Write(Stream file, ReadOnlySpan<float> values, params IEnumerable<int> sizes)
    {
        string[] axes = [.. sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))];
        // Of one axis Python writes a comma behind it.
        var shape = axes.Length == 1 ? $"{axes[0]}," : string.Join(", ", axes);
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}";
        // Magic string, version and length are ten bytes, and a line feed ends the header.
        var length = (10 + header.Length + 1 + Alignment - 1) / Alignment * Alignment - 10;
        file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)(length & 0xff), (byte)(length >> 8)]);
        file.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + '\n'));
        var numbers = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(numbers.AsSpan(i * sizeof(float)), values[i]);
        file.Write(numbers);
    }
}
