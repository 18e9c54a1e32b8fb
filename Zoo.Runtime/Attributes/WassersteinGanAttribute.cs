namespace Zoo;

/// <summary>
/// A Wasserstein GAN (Arjovsky et al. 2017), with a gradient penalty where <see cref="Penalty"/> is above 0 (Gulrajani et al. 2017). The
/// class declares <c>Generator(z)</c>, one example; <c>Critic(x)</c>, one number; and where it wants one, <c>Prior(n)</c>, codes in place
/// of z ~ N(0, I).
/// </summary>
/// <remarks>
/// <para>Every call of <c>Step</c> updates the critic, every <see cref="CriticSteps"/>-th the generator after it. The critic minimises E
/// C(G(z)) − E C(x), plus λ·E (‖∇C(x̂)‖₂ − 1)², x̂ = α·x + (1 − α)·G(z), α ~ U[0, 1), with α and the norm for each example alone; the
/// generator minimises −E C(G(z)).</para>
/// </remarks>
public sealed class WassersteinGanAttribute : ModelAttributeBase
{
    /// <summary>Shape of a code, such as <c>[64]</c>. Required without an own prior.</summary>
    public int[] Latent { get; set; } = [];

    /// <summary>Updates of the critic for one of the generator, at least 1.</summary>
    public int CriticSteps { get; set; } = 5;

    /// <summary>
    /// c: without a penalty every weight of the critic is clipped to [−c, c] after its update (Arjovsky et al. 2017, algorithm 1). First
    /// value of the hyperparameter <c>critic:clip</c>; above 0.
    /// </summary>
    public float Clip { get; set; } = 0.01f;

    /// <summary>
    /// λ, the weight of the gradient penalty; first value of the hyperparameter <c>critic:penalty</c>. 0: weights are clipped instead.
    /// </summary>
    public float Penalty { get; set; }
}
