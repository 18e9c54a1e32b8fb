namespace Zoo.Runtime;

/// <summary>RMSprop (Tieleman and Hinton 2012), not centred, without momentum: v ← ρ·v + (1 − ρ)·g², p ← r·p − α·g / (√v + ε).</summary>
/// <param name="LearningRate">α.</param>
/// <param name="Decay">ρ, in [0, 1).</param>
/// <param name="Epsilon">ε, outside the root.</param>
/// <param name="WeightDecay">λ: λ times the parameter is added to the gradient.</param>
/// <param name="Scale">Factor on the gradient, for clipping; 1 for none.</param>
/// <param name="Retention">r, factor on the parameter before its step, of decoupled weight decay; 1 for none.</param>
public readonly record struct RmsPropSettings(
    float LearningRate, float Decay, float Epsilon, float WeightDecay, float Scale, float Retention = 1)
{
    /// <summary>1 − ρ for the decimal ρ that was written, as PyTorch computes it: 1 − 0.99f is off by 2e-7.</summary>
    internal float Gain { get; } = (float)(1 - HostArithmetic.Written(Decay));
}
