using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>a ← d·a + (1 − d)·p: exponential moving averages of weights.</summary>
readonly struct AverageRule(Floats averages, Floats parameters, in AverageSettings settings) : IUpdateRule
{
    readonly Floats averages = averages, parameters = parameters;
    readonly AverageSettings settings = settings;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TVector>(int index) where TVector : struct, IVector<TVector> =>
        Step(TVector.Load(averages, index), TVector.Load(parameters, index), settings).Store(averages, index);

    /// <summary>The formula, of any target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Step<TVector>(TVector a, TVector p, AverageSettings settings) where TVector : struct, IVector<TVector> =>
        TVector.MultiplyAdd(TVector.Broadcast(settings.Gain), p, a * TVector.Broadcast(settings.Decay));
}
