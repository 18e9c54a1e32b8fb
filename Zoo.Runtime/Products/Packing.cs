using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Zoo.Runtime;

/// <summary>Copies panels of B so that a micro-kernel reads them front to back: k after k, and the panel's columns side by side.</summary>
static unsafe class Packing
{
    const int DepthPerTranspose = 64;

    /// <summary>
    /// Copies depth × columns from B, whose element (p, j) is at p·rowStride + j·columnStride, to rows of <paramref name="width"/>. The
    /// columns
    /// beyond hold anything: the kernel computes with them, but nobody reads what it gets.
    /// </summary>
    public static void Copy(float* from, nint rowStride, nint columnStride, int depth, int columns, float* to, int width)
    {
        if (columnStride == 1 && columns == width && width % 8 == 0)
        {
            CopyRows(from, rowStride, depth, to, width);
        }
        else if (columnStride == 1)
        {
            Rectangle.Copy(from, rowStride, to, width, depth, columns);
        }
        else if (rowStride == 1 && width % 8 == 0 && Avx.IsSupported)
        {
            // Stretch by stretch: eight columns at a time fill a part of each line of the panel, which must not leave L1 in between.
            for (var p = 0; p < depth; p += DepthPerTranspose)
            {
                var stretch = Math.Min(DepthPerTranspose, depth - p);
                for (var j = 0; j < columns; j += 8)
                    Transpose(from + p + j * columnStride, columnStride, Math.Min(8, columns - j), stretch, to + p * width + j, width);
            }
        }
        else
        {
            for (; depth > 0; depth--, from += rowStride, to += width)
            {
                for (var j = 0; j < columns; j++) to[j] = from[j * columnStride];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyRows(float* from, nint rowStride, int depth, float* to, int width)
    {
        if (width == 32)
        {
            for (; depth > 0; depth--, from += rowStride, to += 32)
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
            for (; depth > 0; depth--, from += rowStride, to += 16)
            {
                var (x, y) = (Vector256.Load(from), Vector256.Load(from + 8));
                x.Store(to);
                y.Store(to + 8);
            }
        }
        else
        {
            for (; depth > 0; depth--, from += rowStride, to += 8) Vector256.Load(from).Store(to);
        }
    }

    /// <summary>
    /// Up to eight columns, four k at a time: columns 0 to 3 in the lower halves and 4 to 7 in the upper ones, so that all shuffles stay
    /// within
    /// halves. A column that is missing repeats the last one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transpose(float* from0, nint columnStride, int columns, int depth, float* to, nint width)
    {
        var from1 = from0 + (columns > 1 ? columnStride : 0);
        var from2 = from1 + (columns > 2 ? columnStride : 0);
        var from3 = from2 + (columns > 3 ? columnStride : 0);
        var from4 = from3 + (columns > 4 ? columnStride : 0);
        var from5 = from4 + (columns > 5 ? columnStride : 0);
        var from6 = from5 + (columns > 6 ? columnStride : 0);
        var from7 = from6 + (columns > 7 ? columnStride : 0);
        nint p = 0;
        for (; p <= depth - 4; p += 4)
        {
            var a = Vector256.Create(Vector128.Load(from0 + p), Vector128.Load(from4 + p));
            var b = Vector256.Create(Vector128.Load(from1 + p), Vector128.Load(from5 + p));
            var c = Vector256.Create(Vector128.Load(from2 + p), Vector128.Load(from6 + p));
            var d = Vector256.Create(Vector128.Load(from3 + p), Vector128.Load(from7 + p));
            var (ab, cd) = (Avx.UnpackLow(a, b), Avx.UnpackLow(c, d));
            Avx.Shuffle(ab, cd, 0x44).Store(to);
            Avx.Shuffle(ab, cd, 0xEE).Store(to + width);
            (ab, cd) = (Avx.UnpackHigh(a, b), Avx.UnpackHigh(c, d));
            Avx.Shuffle(ab, cd, 0x44).Store(to + 2 * width);
            Avx.Shuffle(ab, cd, 0xEE).Store(to + 3 * width);
            to += 4 * width;
        }
        for (; p < depth; p++, to += width)
        {
            for (var j = 0; j < columns; j++) to[j] = from0[j * columnStride + p];
        }
    }
}
