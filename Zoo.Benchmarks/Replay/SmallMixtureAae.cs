namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <see cref="Zoo.Models.FashionMixtureAae"/> with narrow layers and activations that have no kink: in an adversary's game rounding grows,
/// and a ReLU that is on in one program and off in the other gives it a start.
/// </summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 50)]
[Adam(LearningRate = 1e-3f, Phase = "reconstruction")]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class SmallMixtureAae
{
    static Tensor Encoder(Tensor x) => x.Dense(64).Tanh().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(64).Tanh().Dense(784));

    static Tensor Discriminator(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(64).Tanh().Dense(1);

    static Tensor Prior(Noise n, Tensor y) => Priors.GaussianMixture(n, y);
}
