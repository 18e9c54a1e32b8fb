namespace Zoo;

/// <summary>
/// A variational autoencoder (Kingma and Welling 2014; Rezende, Mohamed and Wierstra 2014). The class declares <c>Encoder(x)</c>, a
/// <see cref="Gaussian"/>
/// q(z|x); <c>Decoder(z)</c>, a <see cref="Bernoulli"/> or <see cref="Gaussian"/> p(x|z); and where it wants one, <c>Prior()</c>, a
/// <see cref="Gaussian"/>
/// p(z) in place of N(0, I).
/// </summary>
/// <remarks>
/// Training maximises the mean over the batch of the evidence lower bound (Kingma and Welling 2014, eq. 3 and 7), in nats, summed over
/// pixels and latents:
/// <para>ELBO(x) = E_q[log p(x|z)] − KL(q(z|x) ‖ p(z)), z = μ + σ·ε, ε ~ N(0, I), one draw per example, the divergence in closed
/// form.</para>
/// <para>What is minimised is −E_q[log p(x|z)] + β_t·KL, with <see cref="Beta"/>, <see cref="WarmUpSteps"/>, <see cref="FreeBits"/> and
/// <see cref="Capacity"/> below; the losses reported are those of the bound itself.</para>
/// </remarks>
public sealed class VaeAttribute : ModelAttributeBase
{
    /// <summary>
    /// β, the weight of the divergence (β-VAE: Higgins et al. 2017, eq. 4); 1 is the evidence lower bound. First value of the
    /// hyperparameter <c>beta</c>; at least 0.
    /// </summary>
    public float Beta { get; set; } = 1f;

    /// <summary>
    /// Steps over which the weight of the divergence grows to β: β_t = β·min(1, t / WarmUpSteps) (Bowman et al. 2016; Sønderby et al.
    /// 2016). 0: no warm-up.
    /// </summary>
    public int WarmUpSteps { get; set; }

    /// <summary>
    /// λ, in nats per latent dimension: the divergence that is minimised is Σ_j max(λ, mean over the batch of KL_j) (free bits: Kingma et
    /// al. 2016, each group one dimension).
    /// 0: off.
    /// </summary>
    public float FreeBits { get; set; }

    /// <summary>
    /// C, in nats: minimised is −E_q[log p(x|z)] + β_t·|KL − C_t|, KL the mean over the batch (Burgess et al. 2018), so that the code may
    /// carry C nats and pays for more and for less. First value of the hyperparameter <c>capacity</c>; at least 0, and 0 is the plain
    /// divergence.
    /// </summary>
    public float Capacity { get; set; }

    /// <summary>
    /// Steps over which the capacity grows from 0: C_t = C·min(1, t / CapacitySteps). 0: all of it from the first step.
    /// </summary>
    public int CapacitySteps { get; set; }

    /// <summary>
    /// K of the importance-weighted bound L_K = E[log (1/K) Σ_k p(x, z_k) / q(z_k|x)] (Burda et al. 2016, eq. 8); 1 is the evidence lower
    /// bound.
    /// </summary>
    public int Samples { get; set; } = 1;
}
