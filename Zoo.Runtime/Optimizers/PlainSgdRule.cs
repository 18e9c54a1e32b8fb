using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>g ← s·g + λ·p, p ← p − α·g.</summary>
readonly struct PlainSgdRule(Floats parameters, Floats gradients, in SgdSettings settings) : IUpdateRule
{
    readonly Floats parameters = parameters, gradients = gradients;
    readonly SgdSettings settings = settings;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector>
    {
        var p = TVector.Load(parameters, index);
        var g = TVector.Load(gradients, index) * TVector.Broadcast(settings.Scale);
        g = TVector.MultiplyAdd(TVector.Broadcast(settings.WeightDecay), p, g);
        TVector.MultiplyAdd(TVector.Broadcast(-settings.LearningRate), g, p).Store(parameters, index);
    }
}
