namespace Zoo;

/// <summary>
/// Stochastic gradient descent with momentum, as PyTorch has it: b = μb + g (b = g at the first step), w ← w − α·b, or with
/// <see cref="Nesterov"/> w ← w − α·(g + μb) (Sutskever et al. 2013). The buffer is saved as <c>momentum_buffer</c>.
/// </summary>
public sealed class SgdAttribute : OptimizerAttribute
{
    /// <summary>α = 10⁻², no momentum.</summary>
    public SgdAttribute() => LearningRate = 1e-2f;

    /// <summary>μ, in [0, 1); 0 keeps no buffer.</summary>
    public float Momentum { get; set; }

    /// <summary>Looks ahead by the momentum; needs <see cref="Momentum"/> above 0.</summary>
    public bool Nesterov { get; set; }
}
