using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

public static partial class VectorMath
{
    /// <summary>1 / (1 + e⁻ˣ), with full relative accuracy in both tails; 0 below -69.31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, IVector<V> => SigmoidOf(x, ExpOfMinusAbs(x));

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^-|x|); 0 below -69.31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x) where V : struct, IVector<V> => SoftplusOf(x, ExpOfMinusAbs(x));

    /// <summary>ln σ(x) = -softplus(-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogSigmoid<V>(V x) where V : struct, IVector<V> => -Softplus(-x);

    /// <summary>
    /// Both from one exponential, bit for bit what <see cref="Sigmoid"/> and <see cref="Softplus"/> give: a Bernoulli log-likelihood on
    /// logits is
    /// x·l - softplus(l), and its gradient x - σ(l).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Sigmoid, V Softplus) SigmoidSoftplus<V>(V x) where V : struct, IVector<V>
    {
        var e = ExpOfMinusAbs(x);
        return (SigmoidOf(x, e), SoftplusOf(x, e));
    }

    /// <summary>Hyperbolic tangent; the sign of a zero is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, IVector<V>
    {
        // tanh |x| = -m / (2 + m) with m = e^(-2|x|) - 1: no overflow, no cancellation. Beyond 9.02 it rounds to 1.
        var bounded = V.AtMost(V.Abs(x), V.Broadcast(9.1f));
        var (n, r) = ReduceByLn2(bounded * V.Broadcast(-2f));
        var scale = V.AddExponent(V.Broadcast(1f), n);
        var m = V.MultiplyAdd(scale, ReducedExpm1(r), scale - V.Broadcast(1f));
        return V.CopySign(m / (V.Broadcast(2f) + m), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V ExpOfMinusAbs<V>(V x) where V : struct, IVector<V>
    {
        var (n, r) = ReduceByLn2(V.AtLeast(-V.Abs(x), V.Broadcast(LowestArgument)));
        return CutOff(V.Scale(V.Broadcast(1f) + ReducedExpm1(r), n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V SigmoidOf<V>(V x, V e) where V : struct, IVector<V>
    {
        var one = V.Broadcast(1f);
        return V.Select(V.GreaterThan(x, V.Broadcast(0f)), one, e) / (one + e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V SoftplusOf<V>(V x, V e) where V : struct, IVector<V>
    {
        // 1 + e lies in [1, 2], so the exponent of log1p is 0 or 1, and no case of it is special.
        var one = V.Broadcast(1f);
        var upper = V.GreaterThan(e, V.Broadcast(0.41421356f));
        var f = V.Select(upper, V.MultiplyAdd(e, V.Broadcast(0.5f), V.Broadcast(-0.5f)), e);
        return V.AtLeast(x, V.Broadcast(0f)) + ReducedLog1p(f, V.And(upper, one));
    }
}
