using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>Copies panels of B so that a micro-kernel reads them front to back: k after k, and the panel's columns side by side.</summary>
static unsafe class Packing
{
    /// <summary>Copies depth × columns from B, whose element (p, j) is at p·rowStride + j·columnStride, to rows of <paramref name="width"/>, the rest zero.</summary>
    public static void Copy(float* from, nint rowStride, nint columnStride, int depth, int columns, float* to, int width)
    {
        if (columnStride != 1 || columns < width) CopyAny(from, rowStride, columnStride, depth, columns, to, width);
        else CopyRows(from, rowStride, depth, to, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyRows(float* from, nint rowStride, int depth, float* to, int width)
    {
        if (width == 32)
        {
            for (var p = 0; p < depth; p++, from += rowStride, to += 32)
            {
                var (x, y, z, w) = (Vector256.Load(from), Vector256.Load(from + 8), Vector256.Load(from + 16), Vector256.Load(from + 24));
                x.Store(to);
                y.Store(to + 8);
                z.Store(to + 16);
                w.Store(to + 24);
            }
        }
        else if (width == 16)
        {
            for (var p = 0; p < depth; p++, from += rowStride, to += 16)
            {
                var (x, y) = (Vector256.Load(from), Vector256.Load(from + 8));
                x.Store(to);
                y.Store(to + 8);
            }
        }
        else
        {
            for (var p = 0; p < depth; p++, from += rowStride, to += width) new Span<float>(from, width).CopyTo(new Span<float>(to, width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyAny(float* from, nint rowStride, nint columnStride, int depth, int columns, float* to, int width)
    {
        for (var p = 0; p < depth; p++, from += rowStride, to += width)
        {
            for (var j = 0; j < columns; j++) to[j] = from[j * columnStride];
            for (var j = columns; j < width; j++) to[j] = 0;
        }
    }
}
