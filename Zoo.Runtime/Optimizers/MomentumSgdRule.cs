using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>g ← s·g + λ·p, b ← μ·b + g (b ← g at the first step), p ← p − α·b, or p − α·(g + μ·b) with Nesterov's momentum.</summary>
readonly struct MomentumSgdRule(Floats parameters, Floats gradients, Floats momenta, in SgdSettings settings) : IUpdateRule
{
    readonly Floats parameters = parameters, gradients = gradients, momenta = momenta;
    readonly SgdSettings settings = settings;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector>
    {
        var p = TVector.Load(parameters, index);
        var g = TVector.Load(gradients, index) * TVector.Broadcast(settings.Scale);
        g = TVector.MultiplyAdd(TVector.Broadcast(settings.WeightDecay), p, g);
        // Not a factor of zero: at the first step the buffer may hold anything.
        var b = settings.IsFirst ? g : TVector.MultiplyAdd(TVector.Broadcast(settings.Momentum), TVector.Load(momenta, index), g);
        b.Store(momenta, index);
        var direction = settings.IsNesterov ? TVector.MultiplyAdd(TVector.Broadcast(settings.Momentum), b, g) : b;
        TVector.MultiplyAdd(TVector.Broadcast(-settings.LearningRate), direction, p).Store(parameters, index);
    }
}
