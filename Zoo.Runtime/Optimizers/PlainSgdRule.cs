using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>g ← s·g + λ·p, p ← r·p − α·g.</summary>
readonly struct PlainSgdRule(Floats parameters, Floats gradients, in SgdSettings settings) : IUpdateRule
{
    readonly Floats parameters = parameters, gradients = gradients;
    readonly SgdSettings settings = settings;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector> =>
        Step(TVector.Load(parameters, index), TVector.Load(gradients, index), settings).Store(parameters, index);

    /// <summary>The formula, of any target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Step<TVector>(TVector p, TVector g, SgdSettings settings) where TVector : struct, IVector<TVector>
    {
        g = TVector.MultiplyAdd(TVector.Broadcast(settings.WeightDecay), p, g * TVector.Broadcast(settings.Scale));
        return TVector.MultiplyAdd(TVector.Broadcast(-settings.LearningRate), g, p * TVector.Broadcast(settings.Retention));
    }
}
