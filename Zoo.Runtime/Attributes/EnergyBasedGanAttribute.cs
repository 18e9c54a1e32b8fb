namespace Zoo;

/// <summary>
/// An energy-based GAN (Zhao et al. 2017), whose discriminator is an auto-encoder: the class declares <c>Generator(z)</c>, one example;
/// <c>Encoder(x)</c>, a code; <c>Decoder(h)</c>, the example again; and where it wants one, <c>Prior(n)</c>, codes for the generator in
/// place of z ~ N(0, I).
/// </summary>
/// <remarks>
/// <para>The energy E(x) of an example is the error of its reconstruction Decoder(Encoder(x)), reduced to one number as
/// <see cref="Reduction"/> says: the mean of the squared errors. The discriminator minimises the mean of E(x) + max(0, m − E(G(z))) (eq. 1)
/// with the <see cref="Margin"/> m, then the generator that of E(G(z)) (eq. 2), through the discriminator as it is by then. Both see the
/// same codes z.</para>
/// <para>With <see cref="PullingAway"/> the generator minimises in addition the weighted mean of (sᵢ·sⱼ / (‖sᵢ‖·‖sⱼ‖))² over all pairs i ≠
/// j of a batch, s = Encoder(G(z)) (eq. 4): examples that are made at once should not be alike.</para>
/// </remarks>
public sealed class EnergyBasedGanAttribute : ModelAttributeBase
{
    /// <summary>Shape of a generator's code, such as <c>[50]</c>. Required without an own prior.</summary>
    public int[] Latent { get; set; } = [];

    /// <summary>
    /// m: generated examples whose energy is above it are far enough from real ones, and the discriminator leaves them alone. On the scale
    /// of the energy, so it depends on <see cref="Reduction"/>. First value of the hyperparameter <c>discriminator:margin</c>; finite, at
    /// least 0.
    /// </summary>
    public float Margin { get; set; } = 1f;

    /// <summary>
    /// Weight of the pulling-away term, 0.1 in the paper; first value of the hyperparameter <c>generator:pulling_away</c>; finite, at least
    /// 0. 0 leaves it out. It compares the examples of a batch, so that with it <c>Evaluate</c> takes whole batches.
    /// </summary>
    public float PullingAway { get; set; }

    /// <summary>How the errors of a reconstruction are one number.</summary>
    public EnergyReduction Reduction { get; set; } = EnergyReduction.MeanSquare;
}

/// <summary>How the errors of an example's reconstruction, e = Decoder(Encoder(x)) − x, become its energy.</summary>
public enum EnergyReduction
{
    /// <summary>Σ e² / d, d the numbers of an example: between 0 and 1 where those of both are.</summary>
    MeanSquare,

    /// <summary>Σ e².</summary>
    SumOfSquares,

    /// <summary>√(Σ e²), as the paper writes it.</summary>
    Norm,
}
