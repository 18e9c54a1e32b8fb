using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>Standard normal numbers.</summary>
readonly struct NormalDraw : IDraw
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V, V, V, V) From<V>(V word0, V word1, V word2, V word3) where V : struct, IVector<V>
    {
        var (a, b) = Variates.Normals(word0, word1);
        var (c, d) = Variates.Normals(word2, word3);
        return (a, b, c, d);
    }
}
