using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// Elementary functions in single precision, written once for every vector width: the same bits at each of them. No function widens to
/// double. Arguments are reduced with fused multiply-adds (Cody and Waite 1980) and the rest is a minimax polynomial whose coefficients
/// were fitted by Remez exchange and rounded. Errors over all 2³² arguments are in docs/accuracy.md. NaN gives NaN; subnormal arguments
/// are exact to the same bound.
/// </summary>
/// <remarks>
/// What decays like e⁻ˣ (exp, sigmoid, softplus) is 0 where it would be below 2⁻¹⁰⁰. A generator that has learned that a pixel is black
/// goes on to push its logit down, a discriminator that tells all apart its own, and of the samples of an importance-weighted bound most
/// weigh next to nothing: what they hand on is some 10⁻³⁸ for thousands of steps, and its products with weights and slopes are subnormal,
/// for each of which a processor takes a hundred cycles. 2⁻¹⁰⁰ leaves factors down to 10⁻⁸ on the safe side.
/// </remarks>
public static partial class VectorMath
{
    // Adding 1.5·2²³ rounds to an integer, which then stands in the low bits of the sum; it needs |argument| < 2²².
    const float RoundingShift = 12582912f;
    const float Log2E = 1.44269504f;

    // ln 2 as a sum: n times the first must be exact, see IVector.Cancel.
    const float Ln2High = 0.693147182f;
    const float Ln2Low = -1.90465421e-9f;

    // 2⁻¹⁰⁰, and an argument at which e^x is below it.
    const float Smallest = 7.888609e-31f;
    const float LowestArgument = -70f;

    /// <summary>e^x; 0 below -69.31, infinity above 88.72.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, IVector<V>
    {
        // Beyond these bounds the result has long become 0 or infinity; they keep the exponent an integer.
        x = V.AtLeast(V.AtMost(x, V.Broadcast(89f)), V.Broadcast(LowestArgument));
        var (n, r) = ReduceByLn2(x);
        return CutOff(V.Scale(V.Broadcast(1f) + ReducedExpm1(r), n));
    }

    // NaN is not below anything, and stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V CutOff<V>(V y) where V : struct, IVector<V> => V.Select(V.GreaterThan(V.Broadcast(Smallest), y), V.Broadcast(0f), y);

    /// <summary>e^x - 1, accurate near 0; the sign of a zero is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V>(V x) where V : struct, IVector<V>
    {
        var bounded = V.AtLeast(V.AtMost(x, V.Broadcast(89f)), V.Broadcast(-30f));
        var (n, r) = ReduceByLn2(bounded);
        // Half of 2ⁿ, because 2¹²⁸ is not a number although e^x·½ still is one.
        var half = V.AddExponent(V.Broadcast(0.5f), n);
        var y = V.MultiplyAdd(half, ReducedExpm1(r), half - V.Broadcast(0.5f));
        return V.CopySign(y + y, x);
    }

    // e^x for -80 < x <= 0: the result is normal, so its exponent can be added without a check.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V NormalExp<V>(V x) where V : struct, IVector<V>
    {
        var (n, r) = ReduceByLn2(x);
        return V.AddExponent(V.Broadcast(1f) + ReducedExpm1(r), n);
    }

    // x = n·ln 2 + r with |r| <= ½ ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (V Exponent, V Remainder) ReduceByLn2<V>(V x) where V : struct, IVector<V>
    {
        var n = V.MultiplyAdd(x, V.Broadcast(Log2E), V.Broadcast(RoundingShift)) - V.Broadcast(RoundingShift);
        var r = V.Cancel(n, V.Broadcast(Ln2High), x);
        return (n, V.MultiplyAdd(n, V.Broadcast(-Ln2Low), r));
    }

    // e^r - 1 = r + r²·q(r) for |r| <= ½ ln 2, to a relative 2⁻²⁶.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V ReducedExpm1<V>(V r) where V : struct, IVector<V>
    {
        var q = V.MultiplyAdd(r, V.Broadcast(0.00139406114f), V.Broadcast(0.00836649071f));
        q = V.MultiplyAdd(q, r, V.Broadcast(0.0416664034f));
        q = V.MultiplyAdd(q, r, V.Broadcast(0.166665435f));
        q = V.MultiplyAdd(q, r, V.Broadcast(0.5f));
        return V.MultiplyAdd(r * r, q, r);
    }
}
