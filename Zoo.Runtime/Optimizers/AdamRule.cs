using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// g ← s·g + λ·p, m ← m + (1 − β₁)(g − m), v ← β₂·v + (1 − β₂)·g², p ← ρ·p − α/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
/// </summary>
readonly struct AdamRule(Floats parameters, Floats gradients, Floats firstMoments, Floats secondMoments, in AdamSettings settings)
    : IUpdateRule
{
    readonly Floats parameters = parameters, gradients = gradients, firstMoments = firstMoments, secondMoments = secondMoments;
    readonly AdamSettings settings = settings;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector>
    {
        var (p, m, v) = Step(
            TVector.Load(parameters, index), TVector.Load(gradients, index), TVector.Load(firstMoments, index),
            TVector.Load(secondMoments, index), settings);
        m.Store(firstMoments, index);
        v.Store(secondMoments, index);
        p.Store(parameters, index);
    }

    /// <summary>The formula, of any target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector P, TVector M, TVector V) Step<TVector>(TVector p, TVector g, TVector m, TVector v, AdamSettings settings)
        where TVector : struct, IVector<TVector>
    {
        g = TVector.MultiplyAdd(TVector.Broadcast(settings.WeightDecay), p, g * TVector.Broadcast(settings.Scale));
        m = Subnormals.Flush(TVector.MultiplyAdd(TVector.Broadcast(settings.Gain1), g - m, m));
        v = Subnormals.Flush(TVector.MultiplyAdd(TVector.Broadcast(settings.Gain2), g * g, v * TVector.Broadcast(settings.Beta2)));
        var root = TVector.MultiplyAdd(TVector.Sqrt(v), TVector.Broadcast(settings.RootGain), TVector.Broadcast(settings.Epsilon));
        return (p * TVector.Broadcast(settings.Retention) - TVector.Broadcast(settings.StepSize) * m / root, m, v);
    }
}
