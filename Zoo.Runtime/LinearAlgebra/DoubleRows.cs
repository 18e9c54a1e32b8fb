using System.Numerics;
using System.Runtime.InteropServices;

namespace Zoo.Runtime;

/// <summary>The two loops that matrices in double precision are made of here, over contiguous rows.</summary>
static class DoubleRows
{
    /// <summary>Σ a·b over the length of <paramref name="a"/>.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var left = MemoryMarshal.Cast<double, Vector<double>>(a);
        var right = MemoryMarshal.Cast<double, Vector<double>>(b);
        var products = Vector<double>.Zero;
        for (var i = 0; i < left.Length; i++) products += left[i] * right[i];
        var sum = Vector.Sum(products);
        for (var i = left.Length * Vector<double>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>y ← y + factor·x, over the length of <paramref name="x"/>.</summary>
    public static void Add(Span<double> y, double factor, ReadOnlySpan<double> x)
    {
        y = y[..x.Length];
        var to = MemoryMarshal.Cast<double, Vector<double>>(y);
        var from = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (var i = 0; i < from.Length; i++) to[i] += from[i] * factor;
        for (var i = from.Length * Vector<double>.Count; i < x.Length; i++) y[i] += factor * x[i];
    }
}
