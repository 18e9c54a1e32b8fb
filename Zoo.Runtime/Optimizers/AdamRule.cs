using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>g ← s·g + λ·p, m ← m + (1 − β₁)(g − m), v ← β₂·v + (1 − β₂)·g², p ← p − α/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).</summary>
readonly struct AdamRule(Floats parameters, Floats gradients, Floats firstMoments, Floats secondMoments, in AdamSettings settings) : IUpdateRule
{
    readonly Floats parameters = parameters, gradients = gradients, firstMoments = firstMoments, secondMoments = secondMoments;
    readonly AdamSettings settings = settings;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector>
    {
        var p = TVector.Load(parameters, index);
        var g = TVector.Load(gradients, index) * TVector.Broadcast(settings.Scale);
        g = TVector.MultiplyAdd(TVector.Broadcast(settings.WeightDecay), p, g);
        var m = TVector.Load(firstMoments, index);
        m = TVector.MultiplyAdd(TVector.Broadcast(settings.Gain1), g - m, m);
        var v = TVector.Load(secondMoments, index) * TVector.Broadcast(settings.Beta2);
        v = TVector.MultiplyAdd(TVector.Broadcast(settings.Gain2), g * g, v);
        m.Store(firstMoments, index);
        v.Store(secondMoments, index);
        var root = TVector.MultiplyAdd(TVector.Sqrt(v), TVector.Broadcast(settings.RootGain), TVector.Broadcast(settings.Epsilon));
        (p - TVector.Broadcast(settings.StepSize) * m / root).Store(parameters, index);
    }
}
