using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>Uniform numbers in [0, 1).</summary>
readonly struct UniformDraw : IDraw
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V, V, V, V) From<V>(V word0, V word1, V word2, V word3) where V : struct, IVector<V> =>
        (Variates.Uniform(word0), Variates.Uniform(word1), Variates.Uniform(word2), Variates.Uniform(word3));
}
