namespace Zoo.Models;

/// <summary>
/// An adversarial auto-encoder whose two-dimensional codes lie in a flower of ten Gaussians, a petal for each class of garment (Makhzani et
/// al. 2016, section 2.3): 784-1000-1000-2 on every side, ReLU. Rows without a label, −1, may lie in any petal.
/// </summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 1e-3f, Phase = "reconstruction")]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class FashionMixtureAae
{
    static Tensor Encoder(Tensor x) => x.Dense(1000).Relu().Dense(1000).Relu().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(1000).Relu().Dense(1000).Relu().Dense(784));

    static Tensor Discriminator(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(1000).Relu().Dense(1000).Relu().Dense(1);

    static Tensor Prior(Noise n, Tensor y) => Priors.GaussianMixture(n, y);
}
