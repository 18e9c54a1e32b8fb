namespace Zoo.Runtime;

/// <summary>The exponential moving average of weights for one update: a ← d·a + (1 − d)·p, and a ← p at the first.</summary>
/// <param name="Decay">d, or 0 at the first update.</param>
/// <param name="Gain">1 − d for the decimal d that was written.</param>
public readonly record struct AverageSettings(float Decay, float Gain)
{
    /// <summary>The settings of one update.</summary>
    /// <param name="decay">d, in [0, 1).</param>
    /// <param name="update">1 for the first update.</param>
    public static AverageSettings At(float decay, long update) =>
        update <= 1 ? new(0, 1) : new(decay, (float)(1 - HostArithmetic.Written(decay)));
}
