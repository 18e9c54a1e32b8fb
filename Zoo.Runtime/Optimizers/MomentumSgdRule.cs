using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>g ← s·g + λ·p, b ← μ·b + g (b ← g at the first step), p ← r·p − α·b, or r·p − α·(g + μ·b) with Nesterov's momentum.</summary>
readonly struct MomentumSgdRule(Floats parameters, Floats gradients, Floats momenta, in SgdSettings settings) : IUpdateRule
{
    readonly Floats parameters = parameters, gradients = gradients, momenta = momenta;
    readonly SgdSettings settings = settings;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector>
    {
        var (p, b) = Step(TVector.Load(parameters, index), TVector.Load(gradients, index), TVector.Load(momenta, index), settings);
        b.Store(momenta, index);
        p.Store(parameters, index);
    }

    /// <summary>The formula, of any target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector P, TVector B) Step<TVector>(TVector p, TVector g, TVector b, SgdSettings settings)
        where TVector : struct, IVector<TVector>
    {
        g = TVector.MultiplyAdd(TVector.Broadcast(settings.WeightDecay), p, g * TVector.Broadcast(settings.Scale));
        // Not a factor of zero: at the first step the buffer may hold anything.
        b = settings.IsFirst ? g : Subnormals.Flush(TVector.MultiplyAdd(TVector.Broadcast(settings.Momentum), b, g));
        var direction = settings.IsNesterov ? TVector.MultiplyAdd(TVector.Broadcast(settings.Momentum), b, g) : b;
        return (TVector.MultiplyAdd(TVector.Broadcast(-settings.LearningRate), direction, p * TVector.Broadcast(settings.Retention)), b);
    }
}
