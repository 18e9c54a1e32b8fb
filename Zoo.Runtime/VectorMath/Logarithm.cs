using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

public static partial class VectorMath
{
    const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Natural logarithm: -infinity at ±0, NaN below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : struct, IVector<V>
    {
        // A subnormal has no exponent to split off: lift it by 2²⁴ first.
        var subnormal = V.GreaterThan(V.Broadcast(SmallestNormal), x);
        var (m, n) = V.SplitExponent(V.Select(subnormal, x * V.Broadcast(16777216f), x));
        n = V.Select(subnormal, n - V.Broadcast(24f), n);
        var y = ReducedLog1p(m - V.Broadcast(1f), n);
        y = V.Select(V.Equal(x, V.Broadcast(float.PositiveInfinity)), x, y);
        return V.Select(V.GreaterThan(x, V.Broadcast(0f)), y, LogOfNonPositive(x));
    }

    /// <summary>ln(1 + x), accurate near 0: -infinity at -1, NaN below -1; the sign of a zero is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V x) where V : struct, IVector<V>
    {
        // 1 + x only chooses the exponent n; its rounding error never enters, because (1 + x)·2⁻ⁿ - 1 is formed from x.
        var one = V.Broadcast(1f);
        var (_, n) = V.SplitExponent(one + x);
        var scale = V.AddExponent(one, -V.AtMost(n, V.Broadcast(64f)));
        var y = V.CopySign(ReducedLog1p(V.AddExponent(x, -n) + (scale - one), n), x);
        y = V.Select(V.Equal(x, V.Broadcast(float.PositiveInfinity)), x, y);
        return V.Select(V.GreaterThan(x, V.Broadcast(-1f)), y, LogOfNonPositive(one + x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V LogOfNonPositive<V>(V x) where V : struct, IVector<V> =>
        V.Select(V.Equal(x, V.Broadcast(0f)), V.Broadcast(float.NegativeInfinity), V.Broadcast(float.NaN));

    // ln(1 + f) + n·ln 2 for √½ <= 1 + f <= √2; the logarithm alone to a relative 2⁻²⁷.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V ReducedLog1p<V>(V f, V n) where V : struct, IVector<V>
    {
        var p = V.MultiplyAdd(f, V.Broadcast(-0.0763440877f), V.Broadcast(0.127624124f));
        p = V.MultiplyAdd(p, f, V.Broadcast(-0.131606266f));
        p = V.MultiplyAdd(p, f, V.Broadcast(0.142016619f));
        p = V.MultiplyAdd(p, f, V.Broadcast(-0.166232988f));
        p = V.MultiplyAdd(p, f, V.Broadcast(0.200012296f));
        p = V.MultiplyAdd(p, f, V.Broadcast(-0.250008225f));
        p = V.MultiplyAdd(p, f, V.Broadcast(0.333333313f));
        // The terms from f² on are small next to f, so their rounding errors are too: f joins last.
        var tail = V.MultiplyAdd(p, f, V.Broadcast(-0.5f));
        tail = V.MultiplyAdd(tail, f * f, n * V.Broadcast(Ln2Low));
        return V.MultiplyAdd(n, V.Broadcast(Ln2High), f + tail);
    }
}
