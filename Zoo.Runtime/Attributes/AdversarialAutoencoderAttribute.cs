namespace Zoo;

/// <summary>
/// An adversarial autoencoder (Makhzani, Shlens, Jaitly, Goodfellow and Frey 2016): an autoencoder whose codes are made to follow a prior
/// by a discriminator, so that any prior does that can be drawn. The class declares <c>Encoder(x)</c>, a code, a <see cref="Gaussian"/>
/// over codes, or with <c>Encoder(x, n)</c> one that is made of noise too; <c>Decoder(z)</c>, a <see cref="Bernoulli"/> or
/// <see cref="Gaussian"/> p(x|z); <c>Discriminator(z)</c>, one logit of a code; and where it wants one, <c>Prior(n)</c>, codes in place of
/// z ~ N(0, I): see <see cref="Priors"/>.
/// </summary>
/// <remarks>
/// <para>A step has phases, one after another (section 2): <c>Reconstruction</c>, in which encoder and decoder minimise −E log p(x|E(x));
/// <c>Discriminator</c>, E softplus(−D(z)) + E softplus(D(E(x))) with z from the prior; and <c>Adversarial</c>, in which the encoder
/// alone minimises E softplus(−D(E(x))). An optimiser is narrowed to one by its name, <c>[Adam(Phase = "reconstruction")]</c>, and what two
/// phases train has moments in each.</para>
/// <para>With <see cref="Classes"/> a network may take y, and <c>Step</c> labels, −1 for a row without:</para>
/// <para><c>Discriminator(z, y)</c>, <c>Prior(n, y)</c>: codes of a class follow the prior of that class (section 2.3). The
/// discriminator's y has one more column than there are classes, which is on where there is no label; the prior's is then that of a class
/// drawn uniformly, so that such rows follow the whole prior.</para>
/// <para><c>Decoder(z, y)</c>: the code is what the label does not say, the style (section 4). Every row must have a label.</para>
/// <para><c>Encoder</c> returning <c>(Categorical label, Tensor style)</c>, <c>Decoder(z, y)</c>, <c>LabelDiscriminator(y)</c>:
/// semi-supervised (section 5). The decoder is given the label's probabilities; <c>LabelDiscriminator</c> tells them from one-hots of
/// uniform classes, as <c>Discriminator</c> does with the style; and the encoder minimises the cross-entropy of the labels that there are,
/// in the phase <c>Classification</c>.</para>
/// </remarks>
public sealed class AdversarialAutoencoderAttribute : ModelAttributeBase
{
    /// <summary>Number of classes that labels tell apart, from 0 to one less; 0: no labels.</summary>
    public int Classes { get; set; }

    /// <summary>
    /// How many times the encoder is trained against the discriminators for each time that they are trained: they are due at every so
    /// many calls of <c>Step</c>, the other phases at each. At least 1.
    /// </summary>
    public int EncoderSteps { get; set; } = 1;
}
