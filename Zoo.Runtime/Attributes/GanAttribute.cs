namespace Zoo;

/// <summary>
/// A generative adversarial network (Goodfellow et al. 2014). The class declares <c>Generator(z)</c>, one example; <c>Discriminator(x)</c>,
/// one logit; and where it wants one, <c>Prior(n)</c>, codes in place of z ~ N(0, I).
/// </summary>
/// <remarks>
/// <para>The discriminator minimises E softplus(−D(x)) + E softplus(D(G(z))) (eq. 1 with the sign turned, D a logit), then the generator
/// E softplus(−D(G(z))), or what <see cref="Loss"/> says, through the discriminator as it is by then. Both see the same codes.</para>
/// <para>Where nothing can be told apart, the discriminator's loss is 2·log 2 and the generator's log 2.</para>
/// </remarks>
public sealed class GanAttribute : ModelAttributeBase
{
    /// <summary>Shape of a code, such as <c>[64]</c>. Required without an own prior.</summary>
    public int[] Latent { get; set; } = [];

    /// <summary>What the generator minimises.</summary>
    public GanLoss Loss { get; set; } = GanLoss.NonSaturating;

    /// <summary>
    /// ε in [0, 1): the discriminator's target for real examples is 1 − ε (one-sided label smoothing: Salimans et al. 2016, section 3.4).
    /// First value of the hyperparameter <c>discriminator:label_smoothing</c>; 0 leaves it out.
    /// </summary>
    public float LabelSmoothing { get; set; }

    /// <summary>
    /// Deviation of Gaussian noise added to all that the discriminator sees in training (Sønderby et al. 2017; Arjovsky and Bottou 2017,
    /// section 3). First value of the hyperparameter <c>discriminator:instance_noise</c>; 0 leaves it out.
    /// </summary>
    public float InstanceNoise { get; set; }
}

/// <summary>What the generator of a GAN minimises.</summary>
public enum GanLoss
{
    /// <summary>−E log σ(D(G(z))): strong gradients where the discriminator wins (Goodfellow et al. 2014, section 3).</summary>
    NonSaturating,

    /// <summary>E log(1 − σ(D(G(z)))): the game of eq. 1 itself.</summary>
    Minimax,
}
