namespace Zoo.Samples.Experiments;

/// <summary>An adversarial auto-encoder of garments with codes from N(0, I), in two dimensions: 784-500-500-2.</summary>
[AdversarialAutoencoder(Input = [784], Batch = 100)]
[Adam(LearningRate = 1e-3f, Phase = "reconstruction")]
[Adam(LearningRate = 5e-4f, Beta1 = 0.5f)]
internal sealed partial class GaussianCodes
{
    static Tensor Encoder(Tensor x) => x.Dense(500).Relu().Dense(500).Relu().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(500).Relu().Dense(500).Relu().Dense(784));

    static Tensor Discriminator(Tensor z) => z.Dense(500).Relu().Dense(500).Relu().Dense(1);
}

/// <summary>The same with a petal of a mixture of ten Gaussians for each class.</summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 1e-3f, Phase = "reconstruction")]
[Adam(LearningRate = 5e-4f, Beta1 = 0.5f)]
internal sealed partial class FlowerCodes
{
    static Tensor Encoder(Tensor x) => x.Dense(500).Relu().Dense(500).Relu().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(500).Relu().Dense(500).Relu().Dense(784));

    static Tensor Discriminator(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(500).Relu().Dense(500).Relu().Dense(1);

    static Tensor Prior(Noise n, Tensor y) => Priors.GaussianMixture(n, y);
}

/// <summary>The same with a part of a swiss roll for each class.</summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 1e-3f, Phase = "reconstruction")]
[Adam(LearningRate = 5e-4f, Beta1 = 0.5f)]
internal sealed partial class RollCodes
{
    static Tensor Encoder(Tensor x) => x.Dense(500).Relu().Dense(500).Relu().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(500).Relu().Dense(500).Relu().Dense(784));

    static Tensor Discriminator(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(500).Relu().Dense(500).Relu().Dense(1);

    static Tensor Prior(Noise n, Tensor y) => Priors.SwissRoll(n, y);
}

/// <summary>A classifier of garments, by cross-entropy: 784-1000-1000-10, the encoder of the semi-supervised model.</summary>
[Model(Input = [784], Classes = 10, Batch = 100)]
[Adam]
internal sealed partial class GarmentClassifier
{
    [Network] static Categorical Classify(Tensor x) => new(x.Dense(1000).Relu().Dense(1000).Relu().Dense(10));

    [Phase] static Tensor CrossEntropy(Tensor x, Tensor y) => -Classify(x).LogProbability(y);
}

/// <summary>A linear classifier of codes in the plane.</summary>
[Model(Input = [2], Classes = 10, Batch = 100)]
[Adam(LearningRate = 1e-2f)]
internal sealed partial class CodeClassifier
{
    [Network] static Categorical Classify(Tensor x) => new(x.Dense(10));

    [Phase] static Tensor CrossEntropy(Tensor x, Tensor y) => -Classify(x).LogProbability(y);
}
