using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>g ← s·g + λ·p, v ← ρ·v + (1 − ρ)·g², p ← p − α·g / (√v + ε).</summary>
readonly struct RmsPropRule(Floats parameters, Floats gradients, Floats squares, in RmsPropSettings settings) : IUpdateRule
{
    readonly Floats parameters = parameters, gradients = gradients, squares = squares;
    readonly RmsPropSettings settings = settings;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector>
    {
        var p = TVector.Load(parameters, index);
        var g = TVector.Load(gradients, index) * TVector.Broadcast(settings.Scale);
        g = TVector.MultiplyAdd(TVector.Broadcast(settings.WeightDecay), p, g);
        var v = TVector.Load(squares, index) * TVector.Broadcast(settings.Decay);
        v = TVector.MultiplyAdd(TVector.Broadcast(settings.Gain), g * g, v);
        v.Store(squares, index);
        var root = TVector.Sqrt(v) + TVector.Broadcast(settings.Epsilon);
        (p - TVector.Broadcast(settings.LearningRate) * g / root).Store(parameters, index);
    }
}
