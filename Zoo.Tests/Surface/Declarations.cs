// One declaration for each member of the zoo. They must compile against the real project as they stand.
using Zoo;

namespace Zoo.Surface;

[Vae(Input = [784], Batch = 128)]
[Adam(LearningRate = 1e-3f)]
public partial class FashionVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(400).Relu();
        return new Gaussian(mean: h.Dense(20), logVariance: h.Dense(20));
    }

    static Bernoulli Decoder(Tensor z) => new(logits: z.Dense(400).Relu().Dense(784));
}

[ConditionalVae(Input = [784], Classes = 10, Batch = 100)]
[Adam]
public partial class LabelledVae
{
    static Gaussian Encoder(Tensor x, Tensor y)
    {
        var h = Tensor.Concat(x, y).Dense(256).Softplus();
        return new(h.Dense(8), h.Dense(8));
    }

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(256).Softplus().Dense(784));
}

[ConditionalVae(Input = [588], Condition = [196], Batch = 100)]
[Adam]
public partial class QuadrantVae
{
    static Gaussian Encoder(Tensor x, Tensor y) => Head(Tensor.Concat(x, y));
    static Gaussian Prior(Tensor y) => Head(y);
    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(500).Relu().Dense(588));

    static Gaussian Head(Tensor t)
    {
        var h = t.Dense(500).Relu();
        return new(h.Dense(50), h.Dense(50));
    }
}

[Gan(Input = [2], Latent = [16], Batch = 256)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f, For = nameof(Discriminator))]
public partial class RingGan
{
    static Tensor Generator(Tensor z) => z.Dense(128).Relu().Dense(128).Relu().Dense(2);
    static Tensor Discriminator(Tensor x) => x.Dense(128).LeakyRelu(0.2f).Dense(128).LeakyRelu(0.2f).Dense(1);
}

[WassersteinGan(Input = [2], Latent = [2], Batch = 256, Penalty = 0.1f, CriticSteps = 5)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f, Beta2 = 0.9f)]
public partial class GridWgan
{
    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);
    static Tensor Critic(Tensor x) => Trunk(x).Dense(1);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(512).Relu();
        return h;
    }
}

[BiGan(Input = [784], Batch = 128)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class FashionBiGan
{
    static Tensor Encoder(Tensor x) => x.Dense(1024).LeakyRelu(0.2f).Dense(50);
    static Tensor Generator(Tensor z) => z.Dense(1024).Relu().Dense(784).Sigmoid();
    static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(1024).LeakyRelu(0.2f).Dense(1);
}

[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 1e-3f, Phase = "reconstruction")]
[Adam(LearningRate = 2e-4f)]
public partial class MixtureAae
{
    static Tensor Encoder(Tensor x) => x.Dense(1000).Relu().Dense(1000).Relu().Dense(2);
    static Bernoulli Decoder(Tensor z) => new(z.Dense(1000).Relu().Dense(1000).Relu().Dense(784));
    static Tensor Discriminator(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(1000).Relu().Dense(1000).Relu().Dense(1);
    static Tensor Prior(Noise n, Tensor y) => Priors.GaussianMixture(n, y);
}

[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam]
public partial class SemiSupervisedAae
{
    static (Categorical Label, Tensor Style) Encoder(Tensor x)
    {
        var h = x.Dense(1000).Relu();
        return (new Categorical(h.Dense(10)), h.Dense(10));
    }

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(1000).Relu().Dense(784));
    static Tensor Discriminator(Tensor z) => z.Dense(1000).Relu().Dense(1);
    static Tensor LabelDiscriminator(Tensor y) => y.Dense(1000).Relu().Dense(1);
    static Tensor Prior(Noise n) => n.Normal(10);
}

/// <summary>WGAN-GP once more, by hand: what [Model] must be able to say.</summary>
[Model(Input = [2], Batch = 64)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f)]
public partial class OwnCritic
{
    [Network] static Tensor Generator(Tensor z) => z.Dense(64).Relu().Dense(2);
    [Network] static Tensor Critic(Tensor x) => x.Dense(64).Relu().Dense(1);

    [Phase(Trains = [nameof(Critic)], Repeat = 5)]
    static (Tensor Wasserstein, Tensor Penalty) CriticLoss(Tensor x, Noise n)
    {
        var fake = Generator(n.Normal(8)).StopGradient();
        var alpha = n.Uniform(1);
        var between = alpha * x + (1f - alpha) * fake;
        var slope = Tensor.Gradient(Critic(between), between).Square().Sum().Sqrt();
        return (Critic(fake).Sum() - Critic(x).Sum(), 0.1f * (slope - 1f).Square());
    }

    [Phase(Trains = [nameof(Generator)])]
    static Tensor GeneratorLoss(Noise n) => -Critic(Generator(n.Normal(8))).Sum();
}
