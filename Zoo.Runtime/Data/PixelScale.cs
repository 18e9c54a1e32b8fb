using System.Numerics;

namespace Zoo;

/// <summary>Bytes 0 to 255 as floats 0 to 1.</summary>
internal static class PixelScale
{
    /// <summary>
    /// destination[i] = pixels[i] / 255. A true division, as in PyTorch's ToTensor, not a product with 1/255: the last bits differ.
    /// </summary>
    public static void Scale(ReadOnlySpan<byte> pixels, Span<float> destination)
    {
        var full = new Vector<float>(255f);
        var i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pixels[i..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            var target = destination[i..];
            Divide(first, full).CopyTo(target);
            Divide(second, full).CopyTo(target[Vector<float>.Count..]);
            Divide(third, full).CopyTo(target[(2 * Vector<float>.Count)..]);
            Divide(fourth, full).CopyTo(target[(3 * Vector<float>.Count)..]);
        }
        for (; i < pixels.Length; i++) destination[i] = pixels[i] / 255f;
    }

    static Vector<float> Divide(Vector<uint> values, Vector<float> by) => Vector.ConvertToSingle(Vector.AsVectorInt32(values)) / by;
}
