namespace Zoo;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1): m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², w ← w − α·m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂
/// = v / (1 − β₂ᵗ);
/// ε outside the root as in PyTorch. Moments are saved as <c>exp_avg</c> and <c>exp_avg_sq</c>.
/// </summary>
public sealed class AdamAttribute : OptimizerAttribute
{
    /// <summary>α = 10⁻³, β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.</summary>
    public AdamAttribute() => LearningRate = 1e-3f;

    /// <summary>β₁, decay of the first moment, in [0, 1).</summary>
    public float Beta1 { get; set; } = 0.9f;

    /// <summary>β₂, decay of the second moment, in [0, 1).</summary>
    public float Beta2 { get; set; } = 0.999f;

    /// <summary>ε, added to √v̂; above 0.</summary>
    public float Epsilon { get; set; } = 1e-8f;
}
