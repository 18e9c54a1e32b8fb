using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

public static partial class VectorMath
{
    /// <summary>x where x &gt; 0, 0 where x ≤ 0, NaN where x is NaN: a diverged model must show it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Relu<V>(V x) where V : struct, IVector<V> => V.Select(V.GreaterThan(default, x), default, x);

    /// <summary>1 where x &gt; 0, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<V>(V x) where V : struct, IVector<V> => V.Select(V.GreaterThan(x, default), V.Broadcast(1), default);

    /// <summary>1 where a &gt; b, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Greater<V>(V a, V b) where V : struct, IVector<V> => V.Select(V.GreaterThan(a, b), V.Broadcast(1), default);

    /// <summary>1 where a = b, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Equal<V>(V a, V b) where V : struct, IVector<V> => V.Select(V.Equal(a, b), V.Broadcast(1), default);

    /// <summary>a where the condition is not 0, else b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Choose<V>(V condition, V a, V b) where V : struct, IVector<V> => V.Select(V.Equal(condition, default), b, a);

    /// <summary>To [low, high]; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Clamp<V>(V x, float low, float high) where V : struct, IVector<V> =>
        V.Min(V.Max(x, V.Broadcast(low)), V.Broadcast(high));
}
