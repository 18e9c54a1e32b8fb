using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>p ← min(max(p, −bound), bound): weight clipping (Arjovsky et al. 2017, algorithm 1).</summary>
readonly struct ClampRule(Floats parameters, float bound) : IUpdateRule
{
    readonly Floats parameters = parameters;
    readonly float bound = bound;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector> =>
        Step(TVector.Load(parameters, index), bound).Store(parameters, index);

    /// <summary>The formula, of any target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Step<TVector>(TVector p, float bound) where TVector : struct, IVector<TVector> =>
        VectorMath.Clamp(p, -bound, bound);
}
