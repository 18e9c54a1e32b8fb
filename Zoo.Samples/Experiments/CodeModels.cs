namespace Zoo.Samples.Experiments;

/// <summary>An adversarial auto-encoder of garments with codes from N(0, I), in two dimensions: 784-256-256-2.</summary>
/// <remarks>
/// The adversarial phases have no momentum: with β₁ = 0.5 and an encoder as fast as its discriminator the codes lie on one ray that turns
/// around the origin for ever. With a discriminator ten times as fast as the encoder, and leaky where it would else be dead far from the
/// codes, they fill the plane; averaged weights take out what still turns. Where a label decides what a code is compared with, the encoder
/// has a class to learn and is as fast as its discriminator.
/// </remarks>
[AdversarialAutoencoder(Input = [784], Batch = 100)]
[Adam(LearningRate = 5e-5f, Phase = "reconstruction")]
[Adam(LearningRate = 1e-3f, Beta1 = 0f, Phase = "discriminator")]
[Adam(LearningRate = 1e-4f, Beta1 = 0f, Phase = "adversarial")]
[ExponentialMovingAverage(Decay = 0.999f)]
internal sealed partial class GaussianCodes
{
    static Tensor Encoder(Tensor x) => x.Dense(256).Relu().Dense(256).Relu().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(256).Relu().Dense(256).Relu().Dense(784));

    static Tensor Discriminator(Tensor z) => z.Dense(256).LeakyRelu(0.2f).Dense(256).LeakyRelu(0.2f).Dense(1);
}

/// <summary>The same with a petal of a mixture of ten Gaussians for each class.</summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 1e-4f, Phase = "reconstruction")]
[Adam(LearningRate = 1e-3f, Beta1 = 0f, Phase = "discriminator")]
[Adam(LearningRate = 1e-3f, Beta1 = 0f, Phase = "adversarial")]
[ExponentialMovingAverage(Decay = 0.999f)]
internal sealed partial class FlowerCodes
{
    static Tensor Encoder(Tensor x) => x.Dense(256).Relu().Dense(256).Relu().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(256).Relu().Dense(256).Relu().Dense(784));

    static Tensor Discriminator(Tensor z, Tensor y) =>
        Tensor.Concat(z, y).Dense(256).LeakyRelu(0.2f).Dense(256).LeakyRelu(0.2f).Dense(1);

    static Tensor Prior(Noise n, Tensor y) => Priors.GaussianMixture(n, y);
}

/// <summary>The same with a part of a swiss roll for each class, which is thin: the images must be told apart slowly.</summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 3e-5f, Phase = "reconstruction")]
[Adam(LearningRate = 1e-3f, Beta1 = 0f, Phase = "discriminator")]
[Adam(LearningRate = 1e-3f, Beta1 = 0f, Phase = "adversarial")]
[ExponentialMovingAverage(Decay = 0.999f)]
internal sealed partial class RollCodes
{
    static Tensor Encoder(Tensor x) => x.Dense(256).Relu().Dense(256).Relu().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(256).Relu().Dense(256).Relu().Dense(784));

    static Tensor Discriminator(Tensor z, Tensor y) =>
        Tensor.Concat(z, y).Dense(256).LeakyRelu(0.2f).Dense(256).LeakyRelu(0.2f).Dense(1);

    static Tensor Prior(Noise n, Tensor y) => Priors.SwissRoll(n, y);
}

/// <summary>
/// Class and style of garments of which few are told their class (Makhzani et al. 2016, section 5): 784-256-256-(10, 10). Against its
/// discriminators the encoder is slow: faster, it settles on ten groups that are not the classes before the few labels are learned. Its
/// dropout keeps it from learning the few images by heart.
/// </summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 5e-4f, Phase = "reconstruction")]
[Adam(LearningRate = 2e-4f, Phase = "classification")]
[Adam(LearningRate = 5e-5f, Beta1 = 0f, Phase = "adversarial")]
[Adam(LearningRate = 1e-4f, Beta1 = 0f)]
[ExponentialMovingAverage(Decay = 0.999f)]
internal sealed partial class FewLabelCodes
{
    static (Categorical Label, Tensor Style) Encoder(Tensor x)
    {
        var h = x.Dropout(0.2f).Dense(256).Relu().Dropout(0.5f).Dense(256).Relu().Dropout(0.5f);
        return (new(h.Dense(10)), h.Dense(10));
    }

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(256).Relu().Dense(256).Relu().Dense(784));

    static Tensor Discriminator(Tensor z) => z.Dense(256).Relu().Dense(256).Relu().Dense(1);

    static Tensor LabelDiscriminator(Tensor y) => y.Dense(256).Relu().Dense(256).Relu().Dense(1);
}

/// <summary>
/// A classifier of garments, by cross-entropy: 784-256-256-10, the encoder of <see cref="FewLabelCodes"/> without its dropout.
/// </summary>
[Model(Input = [784], Classes = 10, Batch = 100)]
[Adam]
internal sealed partial class GarmentClassifier
{
    [Network] static Categorical Classify(Tensor x) => new(x.Dense(256).Relu().Dense(256).Relu().Dense(10));

    [Phase] static Tensor CrossEntropy(Tensor x, Tensor y) => -Classify(x).LogProbability(y);
}

/// <summary>The same with the dropout of <see cref="FewLabelCodes"/>.</summary>
[Model(Input = [784], Classes = 10, Batch = 100)]
[Adam]
internal sealed partial class DropoutClassifier
{
    [Network]
    static Categorical Classify(Tensor x) =>
        new(x.Dropout(0.2f).Dense(256).Relu().Dropout(0.5f).Dense(256).Relu().Dropout(0.5f).Dense(10));

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
