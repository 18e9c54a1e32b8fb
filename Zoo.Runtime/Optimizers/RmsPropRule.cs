using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>g ← s·g + λ·p, v ← ρ·v + (1 − ρ)·g², p ← r·p − α·g / (√v + ε).</summary>
readonly struct RmsPropRule(Floats parameters, Floats gradients, Floats squares, in RmsPropSettings settings) : IUpdateRule
{
    readonly Floats parameters = parameters, gradients = gradients, squares = squares;
    readonly RmsPropSettings settings = settings;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector>
    {
        var (p, v) = Step(TVector.Load(parameters, index), TVector.Load(gradients, index), TVector.Load(squares, index), settings);
        v.Store(squares, index);
        p.Store(parameters, index);
    }

    /// <summary>The formula, of any target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector P, TVector V) Step<TVector>(TVector p, TVector g, TVector v, RmsPropSettings settings)
        where TVector : struct, IVector<TVector>
    {
        g = TVector.MultiplyAdd(TVector.Broadcast(settings.WeightDecay), p, g * TVector.Broadcast(settings.Scale));
        v = Subnormals.Flush(TVector.MultiplyAdd(TVector.Broadcast(settings.Gain), g * g, v * TVector.Broadcast(settings.Decay)));
        var root = TVector.Sqrt(v) + TVector.Broadcast(settings.Epsilon);
        return (p * TVector.Broadcast(settings.Retention) - TVector.Broadcast(settings.LearningRate) * g / root, v);
    }
}
