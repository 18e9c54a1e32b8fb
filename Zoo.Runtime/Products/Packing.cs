using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Zoo.Runtime;

/// <summary>Copies panels of B so that a micro-kernel reads them front to back: k after k, and the panel's columns side by side.</summary>
static unsafe class Packing
{
    /// <summary>Copies depth × columns from B, whose element (p, j) is at p·rowStride + j·columnStride, to rows of <paramref name="width"/>, the rest zero.</summary>
    public static void Copy(float* from, nint rowStride, nint columnStride, int depth, int columns, float* to, int width)
    {
        if (columnStride == 1 && columns == width && width % 8 == 0)
        {
            CopyRows(from, rowStride, depth, to, width);
        }
        else if (rowStride == 1 && columns >= 8 && Avx.IsSupported)
        {
            var whole = columns / 8 * 8;
            for (var j = 0; j < whole; j += 8) Transpose(from + j * columnStride, columnStride, depth, to + j, width);
            CopyAny(from + whole * columnStride, rowStride, columnStride, depth, columns - whole, to + whole, width, width - whole);
        }
        else
        {
            CopyAny(from, rowStride, columnStride, depth, columns, to, width, width);
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
    /// Eight columns, four k at a time: rows 0 to 3 in the lower halves and 4 to 7 in the upper ones, so that all shuffles stay within halves.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Transpose(float* from, nint columnStride, int depth, float* to, nint width)
    {
        float* from1 = from + columnStride, from2 = from1 + columnStride, from3 = from2 + columnStride;
        var upper = 4 * columnStride;
        for (; depth >= 4; depth -= 4)
        {
            var a = Vector256.Create(Vector128.Load(from), Vector128.Load(from + upper));
            var b = Vector256.Create(Vector128.Load(from1), Vector128.Load(from1 + upper));
            var c = Vector256.Create(Vector128.Load(from2), Vector128.Load(from2 + upper));
            var d = Vector256.Create(Vector128.Load(from3), Vector128.Load(from3 + upper));
            var (ab, cd) = (Avx.UnpackLow(a, b), Avx.UnpackLow(c, d));
            Avx.Shuffle(ab, cd, 0x44).Store(to);
            Avx.Shuffle(ab, cd, 0xEE).Store(to + width);
            (ab, cd) = (Avx.UnpackHigh(a, b), Avx.UnpackHigh(c, d));
            Avx.Shuffle(ab, cd, 0x44).Store(to + 2 * width);
            Avx.Shuffle(ab, cd, 0xEE).Store(to + 3 * width);
            from += 4;
            from1 += 4;
            from2 += 4;
            from3 += 4;
            to += 4 * width;
        }
        for (; depth > 0; depth--, from++, to += width)
        {
            for (var j = 0; j < 8; j++) to[j] = from[j * columnStride];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyAny(float* from, nint rowStride, nint columnStride, int depth, int columns, float* to, nint step, int width)
    {
        for (; depth > 0; depth--, from += rowStride, to += step)
        {
            for (var j = 0; j < columns; j++) to[j] = from[j * columnStride];
            for (var j = columns; j < width; j++) to[j] = 0;
        }
    }
}
