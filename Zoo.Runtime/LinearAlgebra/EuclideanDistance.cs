using System.Numerics;
using System.Runtime.InteropServices;

namespace Zoo.Runtime;

/// <summary>
/// Distances of rows by their differences, never by a product of them: equal rows are 0 apart, and d(a, b) = d(b, a) to the bit.
/// </summary>
static class EuclideanDistance
{
    // Floats between two looks at whether a row can still be near enough: a multiple of every vector's width.
    const int Stride = 64;

    /// <summary>Σ (a − b)², or anything from <paramref name="limit"/> on where it is no less than that.</summary>
    public static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float limit)
    {
        var sum = 0f;
        var at = 0;
        while (at < a.Length && sum < limit)
        {
            var end = Math.Min(at + Stride, a.Length);
            var left = MemoryMarshal.Cast<float, Vector<float>>(a[at..end]);
            var right = MemoryMarshal.Cast<float, Vector<float>>(b[at..end]);
            var squares = Vector<float>.Zero;
            for (var i = 0; i < left.Length; i++)
            {
                var difference = left[i] - right[i];
                squares += difference * difference;
            }
            sum += Vector.Sum(squares);
            for (at += left.Length * Vector<float>.Count; at < end; at++) sum += (a[at] - b[at]) * (a[at] - b[at]);
        }
        return sum;
    }
}
