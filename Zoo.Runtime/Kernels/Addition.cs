using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>The sum.</summary>
readonly struct Addition : IFold
{
    public static float Identity => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : struct, IVector<V> => a + b;
}
