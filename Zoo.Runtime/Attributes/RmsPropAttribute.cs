namespace Zoo;

/// <summary>
/// RMSProp (Tieleman and Hinton 2012, lecture 6.5), not centred: v = αv + (1 − α)g², w ← w − η·g / (√v + ε), ε outside the root as in
/// PyTorch.
/// The moment is saved as <c>square_avg</c>.
/// </summary>
public sealed class RmsPropAttribute : OptimizerAttribute
{
    /// <summary>η = 10⁻³, α = 0.99, ε = 10⁻⁸. (PyTorch's default η is 10⁻².)</summary>
    public RmsPropAttribute() => LearningRate = 1e-3f;

    /// <summary>α, decay of the mean square, in [0, 1).</summary>
    public float Alpha { get; set; } = 0.99f;

    /// <summary>ε, added to √v; above 0.</summary>
    public float Epsilon { get; set; } = 1e-8f;
}
