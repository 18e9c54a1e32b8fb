namespace Zoo;

/// <summary>
/// Adversarial variational Bayes (Mescheder, Nowozin and Geiger 2017): a variational auto-encoder whose posterior is any function of an
/// example and of noise. The class declares <c>Encoder(x, n)</c>, a code z, or z with a <see cref="Gaussian"/> contrast;
/// <c>Decoder(z)</c>, a <see cref="Bernoulli"/> or <see cref="Gaussian"/> p(x|z); <c>Discriminator(x, z)</c>, T, one number; and where it
/// wants one, <c>Prior()</c>, a <see cref="Gaussian"/> p(z), or <c>Prior(n)</c>, codes, in place of N(0, I).
/// </summary>
/// <remarks>
/// <para>T minimises E softplus(−T(x, E(x, n))) + E softplus(T(x, z)), z ~ p(z), the paper's objective of T with the sign turned; where it
/// is at its best, T(x, z) = log q(z|x) − log p(z). Encoder and decoder minimise E [−log p(x|z) + T(x, z)], z = E(x, n), the negative
/// evidence lower bound, in nats, summed over pixels; T's weights get no gradient of it.</para>
/// <para>Adaptive contrast: an encoder that returns <c>(Tensor z, Gaussian contrast)</c> also gives r(z|x) = N(m, s²), close
/// to q(z|x), and T has less to learn: it tells (z − m)/s from N(0, I), and KL(q ‖ p) = E [T + log r(z|x) − log p(z)]. The contrast's
/// moments get no gradient. This network alone may call <see cref="Tensor.BatchMean"/> and <see cref="Tensor.BatchVariance"/>, for
/// them: where z = z₀(x) + Σ aᵢ(x)·vᵢ(nᵢ), the moments are m = z₀ + Σ aᵢ·E vᵢ and s² = Σ aᵢ²·Var vᵢ, those of the vᵢ taken in the batch.
/// What keeps a variance from 0 before its logarithm, such as 1e-4, is the class's to add.</para>
/// </remarks>
public sealed class AdversarialVariationalBayesAttribute : ModelAttributeBase
{
    /// <summary>
    /// Calls of <c>Step</c>, each one update of T on a batch of its own, for one that then updates encoder and decoder too. 1: both take
    /// their gradients from one forward pass and then move together. At least 1.
    /// </summary>
    public int DiscriminatorSteps { get; set; } = 1;
}
