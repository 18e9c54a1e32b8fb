using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>Random words to random numbers, lane by lane. Words are the bits of the lanes.</summary>
static class Variates
{
    const float TwoToMinus24 = 5.9604645e-8f;

    // The top 24 bits fit a single exactly: [0, 1) in steps of 2⁻²⁴.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Uniform<V>(V word) where V : struct, IVector<V> => V.FromInteger(V.ShiftRight(word, 8)) * V.Broadcast(TwoToMinus24);

    // Box and Muller 1958. The radius takes (word + 1)·2⁻²⁴ in (0, 1], so no logarithm of 0; no normal is larger than √(48 ln 2) = 5.77.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Cosine, V Sine) Normals<V>(V radiusWord, V angleWord) where V : struct, IVector<V>
    {
        var u = V.MultiplyAdd(V.FromInteger(V.ShiftRight(radiusWord, 8)), V.Broadcast(TwoToMinus24), V.Broadcast(TwoToMinus24));
        var radius = V.Sqrt(V.Abs(VectorMath.Log(u)) * V.Broadcast(2f));
        var (sine, cosine) = VectorMath.SinCosTurns(Uniform(angleWord));
        return (radius * cosine, radius * sine);
    }
}
