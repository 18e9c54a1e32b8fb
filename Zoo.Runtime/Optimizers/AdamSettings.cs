namespace Zoo.Runtime;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) for one step, the bias corrections already computed on the host in double precision.
/// </summary>
/// <param name="StepSize">Learning rate over the first moment's correction: α / (1 − β₁ᵗ).</param>
/// <param name="Gain1">Weight of the gradient in the first moment: 1 − β₁.</param>
/// <param name="Beta2">Decay of the second moment, β₂.</param>
/// <param name="Gain2">Weight of the squared gradient in the second moment: 1 − β₂.</param>
/// <param name="Epsilon">ε, added to the corrected root.</param>
/// <param name="RootGain">Factor on the root of the second moment: 1 / √(1 − β₂ᵗ).</param>
/// <param name="WeightDecay">λ: λ times the parameter is added to the gradient.</param>
/// <param name="Scale">Factor on the gradient, for clipping; 1 for none.</param>
/// <param name="Retention">Factor on the parameter before its step, of decoupled weight decay (AdamW); 1 for none.</param>
public readonly record struct AdamSettings(
    float StepSize, float Gain1, float Beta2, float Gain2, float Epsilon, float RootGain, float WeightDecay, float Scale, float Retention)
{
    /// <summary>The settings of one step.</summary>
    /// <param name="learningRate">α.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ; 0 for none.</param>
    /// <param name="step">t: 1 for the first step.</param>
    /// <param name="scale">Factor on the gradient.</param>
    /// <param name="retention">Factor on the parameter: <see cref="Optimizer.Retention"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is less than 1.</exception>
    public static AdamSettings At(
        float learningRate, float beta1, float beta2, float epsilon, float weightDecay, long step, float scale = 1, float retention = 1)
    {
        if (step < 1) throw new ArgumentOutOfRangeException(nameof(step), step, $"Adam counts steps from 1; {step} was given.");
        var (decay1, decay2) = (HostArithmetic.Written(beta1), HostArithmetic.Written(beta2));
        return new(
            (float)(learningRate / (1 - HostArithmetic.Power(decay1, step))), (float)(1 - decay1), (float)decay2, (float)(1 - decay2),
            epsilon, (float)(1 / Math.Sqrt(1 - HostArithmetic.Power(decay2, step))), weightDecay, scale, retention);
    }
}
