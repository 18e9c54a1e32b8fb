using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>
/// Sums and differences of rows of floats, element by element, so that they have the same bits whatever the vectors. A sign is a factor:
/// 1 or −1 times a number is exact.
/// </summary>
static unsafe class FilterLoops
{
    /// <summary>Most rows of a sum.</summary>
    public const int MostTerms = 9;

    /// <summary>to = (x + sign·y) + across·(z + sign·w), where a sign of 0 leaves its summands out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Differences(float* x, float* y, float* z, float* w, int sign, int across, float* to, int length)
    {
        if (across == 0 && sign == 0) Copy(x, to, length);
        else if (across == 0) Add(x, y, sign, to, length);
        else if (sign == 0) Add(x, z, across, to, length);
        else Differ(x, y, z, w, sign, across, to, length);
    }

    /// <summary>to = x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* x, float* to, int length)
    {
        nint i = 0;
        for (; i <= length - 16; i += 16)
        {
            var (a, b) = (Vector256.Load(x + i), Vector256.Load(x + i + 8));
            a.Store(to + i);
            b.Store(to + i + 8);
        }
        for (; i < length; i++) to[i] = x[i];
    }

    /// <summary>to = x + sign·y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* x, float* y, float sign, float* to, int length)
    {
        var signs = Vector256.Create(sign);
        nint i = 0;
        for (; i <= length - 16; i += 16)
        {
            Vector256.FusedMultiplyAdd(signs, Vector256.Load(y + i), Vector256.Load(x + i)).Store(to + i);
            Vector256.FusedMultiplyAdd(signs, Vector256.Load(y + i + 8), Vector256.Load(x + i + 8)).Store(to + i + 8);
        }
        for (; i < length; i++) to[i] = x[i] + sign * y[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Differ(float* x, float* y, float* z, float* w, float sign, float across, float* to, int length)
    {
        var (signs, acrosses) = (Vector256.Create(sign), Vector256.Create(across));
        nint i = 0;
        for (; i <= length - 8; i += 8)
        {
            var first = Vector256.FusedMultiplyAdd(signs, Vector256.Load(y + i), Vector256.Load(x + i));
            var second = Vector256.FusedMultiplyAdd(signs, Vector256.Load(w + i), Vector256.Load(z + i));
            Vector256.FusedMultiplyAdd(acrosses, second, first).Store(to + i);
        }
        for (; i < length; i++) to[i] = x[i] + sign * y[i] + across * (z[i] + sign * w[i]);
    }

    /// <summary>to = scale·Σ signs·rows, in the order of the rows.</summary>
    /// <param name="rows">Where they start.</param>
    /// <param name="signs">Their signs, the first of which is 1.</param>
    /// <param name="terms">How many they are.</param>
    /// <param name="scale">A power of two.</param>
    /// <param name="to">Where the first sum goes.</param>
    /// <param name="length">Numbers of a sum.</param>
    /// <param name="step">Floats from a summand to that of the next sum.</param>
    /// <param name="toStep">Floats from a sum to the next.</param>
    /// <param name="count">Sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(
        float** rows, float* signs, int terms, float scale, float* to, int length, nint step, nint toStep, int count)
    {
        var scales = Vector256.Create(scale);
        for (nint from = 0; count > 0; count--, from += step, to += toStep)
        {
            var i = 0;
            for (; i <= length - 16; i += 16)
            {
                var (x, y) = (Vector256.Load(rows[0] + from + i), Vector256.Load(rows[0] + from + i + 8));
                for (var term = 1; term < terms; term++)
                {
                    var sign = Vector256.Create(signs[term]);
                    x = Vector256.FusedMultiplyAdd(sign, Vector256.Load(rows[term] + from + i), x);
                    y = Vector256.FusedMultiplyAdd(sign, Vector256.Load(rows[term] + from + i + 8), y);
                }
                (x * scales).Store(to + i);
                (y * scales).Store(to + i + 8);
            }
            for (; i < length; i++)
            {
                var x = rows[0][from + i];
                for (var term = 1; term < terms; term++) x += signs[term] * rows[term][from + i];
                to[i] = x * scale;
            }
        }
    }
}
