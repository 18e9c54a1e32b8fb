namespace Zoo.Models;

/// <summary>
/// An adversarial auto-encoder whose decoder is told the garment's class, so that the code is left with the style (Makhzani et al. 2016,
/// section 4): 784-256-256-4 and back, ReLU, codes from N(0, I).
/// </summary>
/// <remarks>
/// Nothing in the paper's losses keeps the class out of the code, and a code of exact numbers has room for it: the decoder then reads it
/// there, and a changed label changes little. So the code is noisy (N(0, 0.25) around what the encoder makes, of a whole variance of 1:
/// 0.7 nats a number at the most, which the decoder's error pays for), and the discriminator is told the label too, with the same prior for
/// every class: where it can tell nothing apart, the code knows nothing of the class. The encoder's adversarial rate has no momentum, which
/// makes such a game turn in circles.
/// </remarks>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 2e-4f, Phase = "reconstruction")]
[Adam(LearningRate = 1e-3f, Beta1 = 0f, Phase = "discriminator")]
[Adam(LearningRate = 5e-4f, Beta1 = 0f, Phase = "adversarial")]
public partial class FashionStyleAae
{
    // log 0.25.
    const float LogVariance = -1.4f;

    static Gaussian Encoder(Tensor x) => new(x.Dense(256).Relu().Dense(256).Relu().Dense(4), LogVariance);

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(256).Relu().Dense(256).Relu().Dense(784));

    static Tensor Discriminator(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(256).Relu().Dense(256).Relu().Dense(1);
}
