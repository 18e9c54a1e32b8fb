using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

public static partial class VectorMath
{
    // The quadrant n must fit the rounding shift; beyond this bound sine and cosine are NaN.
    const float LargestAngle = 6.5e6f;

    // π/2 = high + middle + low, each the single nearest to what is left.
    const float HalfPiHigh = 1.57079637f;
    const float HalfPiMiddle = -4.37113883e-8f;
    const float HalfPiLow = -1.71512451e-15f;

    const float TwoPiHigh = 6.28318548f;
    const float TwoPiLow = -1.74845553e-7f;

    /// <summary>
    /// Sine of x in radians. The bound on the error holds for |x| up to 10⁶; from there to 6.5·10⁶ the absolute error stays below 2·10⁻⁶,
    /// and
    /// beyond the result is NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V>(V x) where V : struct, IVector<V>
    {
        var (quadrant, r) = ReduceByHalfPi(x);
        // The polynomial is odd, but the sum of its terms loses the sign of -0.
        return V.Select(V.Equal(x, V.Broadcast(0f)), x, Rotate(quadrant, ReducedSin(r), ReducedCos(r)));
    }

    /// <summary>Cosine of x in radians, with the range of <see cref="Sin"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V>(V x) where V : struct, IVector<V>
    {
        var (quadrant, r) = ReduceByHalfPi(x);
        var (s, c) = (ReducedSin(r), ReducedCos(r));
        // cos x = sin(x + π/2): one quadrant on. Its sign is that of bit 1 of (quadrant + 1), which is bit 1 xor bit 0 of quadrant.
        var odd = V.SignMask(V.ShiftLeft(quadrant, 31));
        var sign = V.And(V.ShiftLeft(V.Xor(quadrant, V.ShiftLeft(quadrant, 1)), 30), V.BroadcastBits(0x80000000));
        return V.Xor(V.Select(odd, s, c), sign);
    }

    /// <summary>sin 2πu and cos 2πu for u in [0, 1], in turns: the reduction is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Sin, V Cos) SinCosTurns<V>(V u) where V : struct, IVector<V>
    {
        var quadrant = V.MultiplyAdd(u, V.Broadcast(4f), V.Broadcast(RoundingShift));
        var f = V.MultiplyAdd(quadrant - V.Broadcast(RoundingShift), V.Broadcast(-0.25f), u);
        var r = V.MultiplyAdd(f, V.Broadcast(TwoPiHigh), f * V.Broadcast(TwoPiLow));
        var (s, c) = (ReducedSin(r), ReducedCos(r));
        var odd = V.SignMask(V.ShiftLeft(quadrant, 31));
        var sign = V.And(V.ShiftLeft(V.Xor(quadrant, V.ShiftLeft(quadrant, 1)), 30), V.BroadcastBits(0x80000000));
        return (Rotate(quadrant, s, c), V.Xor(V.Select(odd, s, c), sign));
    }

    // sin(r + quadrant·π/2); the quadrant stands in the two low bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Rotate<V>(V quadrant, V s, V c) where V : struct, IVector<V>
    {
        var odd = V.SignMask(V.ShiftLeft(quadrant, 31));
        return V.Xor(V.Select(odd, c, s), V.And(V.ShiftLeft(quadrant, 30), V.BroadcastBits(0x80000000)));
    }

    // x = n·π/2 + r with |r| <= π/4; n stays in the low bits of its shifted form.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (V Quadrant, V Remainder) ReduceByHalfPi<V>(V x) where V : struct, IVector<V>
    {
        var quadrant = V.MultiplyAdd(x, V.Broadcast(0.636619747f), V.Broadcast(RoundingShift));
        var n = quadrant - V.Broadcast(RoundingShift);
        var r = V.Cancel(n, V.Broadcast(HalfPiHigh), x);
        r = V.Cancel(n, V.Broadcast(HalfPiMiddle), r);
        r = V.MultiplyAdd(n, V.Broadcast(-HalfPiLow), r);
        return (quadrant, V.Select(V.GreaterThan(V.Abs(x), V.Broadcast(LargestAngle)), V.Broadcast(float.NaN), r));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V ReducedSin<V>(V r) where V : struct, IVector<V>
    {
        var z = r * r;
        var p = V.MultiplyAdd(z, V.Broadcast(-0.000195180954f), V.Broadcast(0.00833218824f));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.166666552f));
        return V.MultiplyAdd(z * r, p, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V ReducedCos<V>(V r) where V : struct, IVector<V>
    {
        var z = r * r;
        var p = V.MultiplyAdd(z, V.Broadcast(2.44323273e-5f), V.Broadcast(-0.00138873095f));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.0416666456f));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.5f));
        return V.MultiplyAdd(p, z, V.Broadcast(1f));
    }
}
