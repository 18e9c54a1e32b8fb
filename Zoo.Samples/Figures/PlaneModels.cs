namespace Zoo.Samples.Figures;

/// <summary>
/// A variational auto-encoder of garments with codes in the plane, 784-256-256-2 and back, as large as the adversarial ones.
/// </summary>
[Vae(Input = [784], Batch = 100)]
[Adam(LearningRate = 1e-3f)]
internal sealed partial class PlaneVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(256).Relu().Dense(256).Relu();
        return new(h.Dense(2), h.Dense(2));
    }

    static Bernoulli Decoder(Tensor z) => new(z.Dense(256).Relu().Dense(256).Relu().Dense(784));
}

/// <summary>
/// An adversarial auto-encoder whose codes lie in a flower of ten Gaussians, whatever the class: nothing is told a label.
/// </summary>
[AdversarialAutoencoder(Input = [784], Batch = 100)]
[Adam(LearningRate = 2e-4f, Phase = "reconstruction")]
[Adam(LearningRate = 1e-3f, Beta1 = 0f, Phase = "discriminator")]
[Adam(LearningRate = 2e-4f, Beta1 = 0f, Phase = "adversarial")]
internal sealed partial class PetalCodes
{
    static Tensor Encoder(Tensor x) => x.Dense(256).Relu().Dense(256).Relu().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(256).Relu().Dense(256).Relu().Dense(784));

    static Tensor Discriminator(Tensor z) => z.Dense(256).Relu().Dense(256).Relu().Dense(1);

    static Tensor Prior(Noise n) => Priors.GaussianMixture(n);
}
