using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>The largest; NaN where any is NaN.</summary>
readonly struct Maximum : IFold
{
    public static float Identity => float.NegativeInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : struct, IVector<V> => V.Max(a, b);
}
