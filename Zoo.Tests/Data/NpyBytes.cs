using System.Buffers.Binary;
using System.Text;

namespace Zoo.Tests.Data;

/// <summary>Files in NumPy's format, by its description.</summary>
static class NpyBytes
{
    /// <summary>The header is padded with blanks to a multiple of 64 bytes and ends in a line feed.</summary>
    public static byte[] Npy(string header, byte[] data, byte version = 1)
    {
        var start = version == 1 ? 10 : 12;
        var text = Encoding.UTF8.GetBytes(header);
        var padded = new byte[(start + text.Length + 64) / 64 * 64 - start];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        padded[^1] = (byte)'\n';
        var length = new byte[start - 8];
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)padded.Length);
        else BinaryPrimitives.WriteInt32LittleEndian(length, padded.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. padded, .. data];
    }

    public static string Header(string descr, string shape, string fortran = "False") =>
        $"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}";
}
