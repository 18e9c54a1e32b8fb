namespace Zoo;

/// <summary>
/// A GAN that learns codes of examples too: BiGAN (Donahue et al. 2017) with a deterministic encoder, adversarially learned inference, ALI
/// (Dumoulin et al. 2017), with a stochastic one. The class declares <c>Encoder(x)</c>, a code, or a <c>Gaussian</c> over codes, or
/// <c>Encoder(x, n)</c>, a code made of the example and of noise; <c>Generator(z)</c>, one example; <c>Discriminator(x, z)</c>, one logit
/// of
/// an example with its code; and where it wants one, <c>Prior(n)</c>, codes in place of z ~ N(0, I).
/// </summary>
/// <remarks>
/// <para>The discriminator minimises E softplus(−D(x, E(x))) + E softplus(D(G(z), z)) (Donahue et al., eq. 3 with the sign turned, D a
/// logit); encoder and generator together minimise E softplus(D(x, E(x))) + E softplus(−D(G(z), z)), the same with exchanged labels. Both
/// take their gradients from one forward pass, and then move together.</para>
/// <para>Where nothing can be told apart, both losses are 2·log 2. Then E and G invert each other (Donahue et al., theorem 2).</para>
/// </remarks>
public sealed class BiGanAttribute : ModelAttributeBase;
