using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

public static partial class VectorMath
{
    /// <summary>
    /// 1 / √x: infinity at +0, -infinity at -0, NaN below 0. Never the processor's estimate, whose bits differ between makers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Rsqrt<V>(V x) where V : struct, IVector<V> => V.Broadcast(1f) / V.Sqrt(x);

    /// <summary>1 / x, correctly rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reciprocal<V>(V x) where V : struct, IVector<V> => V.Broadcast(1f) / x;

    /// <summary>-1, 0 or 1; ±0 and NaN are returned as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<V>(V x) where V : struct, IVector<V> =>
        V.Select(V.GreaterThan(V.Abs(x), V.Broadcast(0f)), V.CopySign(V.Broadcast(1f), x), x);
}
