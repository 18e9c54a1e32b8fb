using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Zoo;

/// <summary>
/// An array in NumPy's <c>.npy</c> format (NumPy Enhancement Proposal 1), versions 1 to 3: a magic string, a header that is a Python
/// dictionary, then the elements. Read are little-endian <c>f4</c>, <c>f8</c>, <c>i4</c> and <c>i8</c>, and <c>u1</c>, last axis fastest.
/// </summary>
public sealed partial class NpyFile
{
    readonly string name;
    readonly int[] sizes;
    readonly ReadOnlyMemory<byte> data;

    NpyFile(string name, string type, int[] sizes, ReadOnlyMemory<byte> data) =>
        (this.name, Type, this.sizes, this.data) = (name, type, sizes, data);

    /// <summary>What an element is, in NumPy's letters: f4, f8, i4, i8 or u1.</summary>
    public string Type { get; }

    /// <summary>Size of each axis, in elements; the first one usually counts examples. Empty for a single number.</summary>
    public ReadOnlySpan<int> Sizes => sizes;

    /// <summary>Number of elements: the product of <see cref="Sizes"/>.</summary>
    public int Length => data.Length / ElementBytes;

    int ElementBytes => Type[1] - '0';

    /// <summary>Reads a file, gzip or plain.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no <c>.npy</c> file, truncated, longer than its header says, of another version or type, in Fortran order, or holds
    /// pickled objects.
    /// </exception>
    public static NpyFile Read(string path) => Parse(DataFile.Read(path), path);

    /// <summary>
    /// [<see cref="Length"/>]: the elements as floats, last axis fastest. Doubles and integers are rounded to the nearest float; bytes
    /// stay 0 to 255 (<see cref="ToBytes"/> and <see cref="ImageSet"/> make images of them).
    /// </summary>
    /// <exception cref="InvalidDataException">An element is NaN, infinite or too large for a float; the message has its place.</exception>
    public float[] ToFloats()
    {
        var values = new float[Length];
        switch (Type)
        {
            case "f4": Elements<float>().CopyTo(values); break;
            case "f8": Convert<double>(values); break;
            case "i4": Convert<int>(values); break;
            case "i8": Convert<long>(values); break;
            default: Convert<byte>(values); break;
        }
        if (DataRange.Finite.FirstOutside(values) is var at and >= 0)
            throw Bad($"expected finite numbers of single precision, but element {Place(at)} is {Text(at)}");
        return values;
    }

    /// <summary>[<see cref="Length"/>]: the elements as integers, as labels are.</summary>
    /// <exception cref="InvalidDataException">They are not integers, or one does not fit 32 bits; the message has its place.</exception>
    public int[] ToIntegers()
    {
        var values = new int[Length];
        switch (Type)
        {
            case "u1":
                for (var i = 0; i < values.Length; i++) values[i] = data.Span[i];
                return values;
            case "i4":
                Elements<int>().CopyTo(values);
                return values;
            case "i8":
                var elements = Elements<long>();
                for (var i = 0; i < values.Length; i++)
                {
                    if (elements[i] != (int)elements[i])
                        throw Bad($"expected integers from {int.MinValue} to {int.MaxValue}, but element {Place(i)} is {Text(i)}");
                    values[i] = (int)elements[i];
                }
                return values;
            default:
                throw Bad($"expected integers (u1, i4 or i8), got {Type}");
        }
    }

    /// <summary>[<see cref="Length"/>]: the elements as bytes, as pixels and labels of an <see cref="ImageSet"/> are.</summary>
    /// <exception cref="InvalidDataException">They are not bytes.</exception>
    public ReadOnlyMemory<byte> ToBytes() => Type == "u1" ? data : throw Bad($"expected bytes (u1), got {Type}");

    static NpyFile Parse(ReadOnlyMemory<byte> file, string name)
    {
        InvalidDataException Bad(string what) => new($"{name}: {what}.");
        var bytes = file.Span;
        if (!IsNpy(bytes))
            throw Bad("not a .npy file; expected it to begin with 93 4E 55 4D 50 59, got " + Hex(bytes));
        if (bytes.Length < 10) throw Bad($"truncated; expected at least 10 bytes of header, got {bytes.Length}");
        var version = bytes[6];
        if (version is < 1 or > 3) throw Bad($"expected version 1, 2 or 3 of the format, got {version}.{bytes[7]}");
        var start = version == 1 ? 10 : 12;
        if (bytes.Length < start) throw Bad($"truncated; expected at least {start} bytes of header, got {bytes.Length}");
        var length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (start + (long)length > bytes.Length)
            throw Bad($"truncated; expected a header of {start + (long)length} bytes, got {bytes.Length}");

        var header = Encoding.UTF8.GetString(bytes.Slice(start, (int)length));
        var type = TypeOf(Entry(DescrPattern(), "descr"));
        if (Entry(OrderPattern(), "fortran_order") == "True")
            throw Bad("expected C order (last axis fastest), got Fortran order; write numpy.ascontiguousarray of it");
        var sizes = new List<int>();
        var elements = 1L;
        foreach (var size in Entry(ShapePattern(), "shape")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // Checked axis by axis: the product of the sizes of a damaged header can overflow 64 bits too.
            if (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || (elements *= number) > Array.MaxLength)
                throw Bad($"expected sizes of at most {Array.MaxLength} elements in all, got {size} on axis {sizes.Count}");
            sizes.Add(number);
        }

        var (expected, got) = (elements * (type[1] - '0'), bytes.Length - start - (int)length);
        if (got != expected)
        {
            var wrong = got < expected ? "truncated" : "oversized";
            throw Bad($"{wrong}; expected {expected} bytes after the header ({type}, {string.Join(" × ", sizes)}), got {got}");
        }
        return new NpyFile(name, type, [.. sizes], file[(start + (int)length)..]);

        string Entry(Regex pattern, string key) => pattern.Match(header) is { Success: true } match
            ? match.Groups[1].Value
            : throw Bad($"damaged; expected an entry '{key}' in its header, got {header.Trim()}");

        string TypeOf(string descr) => descr switch
        {
            "<f4" or "<f8" or "<i4" or "<i8" or "|u1" => descr[1..],
            "|O" => throw Bad("it holds pickled Python objects (|O), which are not read; save an array of numbers"),
            ['>', ..] => throw Bad($"expected little-endian elements, got big-endian {descr}; write .astype('<{descr[1..]}') of it"),
            _ => throw Bad($"expected elements of type <f4, <f8, <i4, <i8 or |u1, got {descr}"),
        };
    }

    static bool IsNpy(ReadOnlySpan<byte> bytes) => bytes is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..];

    static string Hex(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? "nothing" : string.Join(' ', bytes[..Math.Min(6, bytes.Length)].ToArray().Select(value => $"{value:X2}"));

    // A type of several fields is a list; it is taken whole, to be named.
    [GeneratedRegex(@"'descr'\s*:\s*'?([^'\[]+|\[.*?\])'?\s*[,}]")]
    private static partial Regex DescrPattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^()]*)\)")]
    private static partial Regex ShapePattern();

    ReadOnlySpan<T> Elements<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(data.Span);

    void Convert<T>(float[] values) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var elements = Elements<T>();
        for (var i = 0; i < values.Length; i++) values[i] = float.CreateTruncating(elements[i]);
    }

    string Place(int at)
    {
        var place = new int[sizes.Length];
        for (var axis = sizes.Length - 1; axis >= 0; axis--) (at, place[axis]) = Math.DivRem(at, sizes[axis]);
        return $"[{string.Join(", ", place)}]";
    }

    string Text(int at) => Type switch
    {
        "f4" => Elements<float>()[at].ToString(CultureInfo.InvariantCulture),
        "f8" => Elements<double>()[at].ToString(CultureInfo.InvariantCulture),
        _ => Elements<long>()[at].ToString(CultureInfo.InvariantCulture),
    };

    InvalidDataException Bad(string what) => new($"{name}: {what}.");
}
