using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>
/// A matrix of zeros and ones as one word for each row and 32 k: bit p is the k that lies p further on. The words of all rows follow each
/// other, then those of the next 32 k.
/// </summary>
static unsafe class BitCodes
{
    /// <summary>The k of a word.</summary>
    public const int Depth = 32;

    /// <summary>Words that a matrix takes.</summary>
    public static long Length(int rows, int depth) => (long)rows * ((depth + Depth - 1) / Depth);

    /// <summary>Writes the words of rows × depth numbers; false as soon as one of them is neither 0 nor 1.</summary>
    /// <param name="from">The matrix; one of the strides is 1.</param>
    /// <param name="rowStride">Floats from a row to the next.</param>
    /// <param name="columnStride">Floats from one k to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="depth">Columns.</param>
    /// <param name="to">So many words as <see cref="Length"/> says.</param>
    public static bool TryWrite(float* from, nint rowStride, nint columnStride, int rows, int depth, uint* to)
    {
        for (var first = 0; first < depth; first += Depth, to += rows, from += Depth * columnStride)
        {
            var length = Math.Min(Depth, depth - first);
            if (!(columnStride == 1 ? TryAlong(from, rowStride, rows, length, to) : TryAcross(from, columnStride, rows, length, to)))
                return false;
        }
        return true;
    }

    /// <summary>Rows that are contiguous: eight k at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool TryAlong(float* from, nint rowStride, int rows, int length, uint* to)
    {
        var one = Vector256.Create(1f);
        for (var row = 0; row < rows; row++, from += rowStride)
        {
            uint ones = 0, all = 0;
            var p = 0;
            for (; p <= length - 8; p += 8)
            {
                var x = Vector256.Load(from + p);
                var isOne = Vector256.Equals(x, one);
                ones |= isOne.ExtractMostSignificantBits() << p;
                all |= (isOne | Vector256.Equals(x, Vector256<float>.Zero)).ExtractMostSignificantBits() << p;
            }
            for (; p < length; p++)
            {
                if (from[p] == 1) ones |= 1u << p;
                if (from[p] is 0 or 1) all |= 1u << p;
            }
            if (all != uint.MaxValue >> (Depth - length)) return false;
            to[row] = ones;
        }
        return true;
    }

    /// <summary>Rows that lie side by side: eight rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool TryAcross(float* from, nint columnStride, int rows, int length, uint* to)
    {
        var one = Vector256.Create(1f);
        var row = 0;
        for (; row <= rows - 8; row += 8)
        {
            var (ones, all) = (Vector256<uint>.Zero, Vector256<uint>.AllBitsSet);
            var at = from + row;
            for (var p = 0; p < length; p++, at += columnStride)
            {
                var x = Vector256.Load(at);
                var isOne = Vector256.Equals(x, one);
                ones |= isOne.AsUInt32() & Vector256.Create(1u << p);
                all &= (isOne | Vector256.Equals(x, Vector256<float>.Zero)).AsUInt32();
            }
            if (all != Vector256<uint>.AllBitsSet) return false;
            ones.Store(to + row);
        }
        for (; row < rows; row++)
        {
            var ones = 0u;
            for (var p = 0; p < length; p++)
            {
                var x = from[row + p * columnStride];
                if (x is not (0 or 1)) return false;
                if (x == 1) ones |= 1u << p;
            }
            to[row] = ones;
        }
        return true;
    }
}
