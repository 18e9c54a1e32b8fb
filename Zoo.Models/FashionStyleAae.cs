namespace Zoo.Models;

/// <summary>
/// An adversarial auto-encoder whose decoder is told the garment's class, so that the code is left with the style (Makhzani et al. 2016,
/// section 4): 784-500-500-8, ReLU, codes from N(0, I).
/// </summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 1e-3f, Phase = "reconstruction")]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class FashionStyleAae
{
    static Tensor Encoder(Tensor x) => x.Dense(500).Relu().Dense(500).Relu().Dense(8);

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(500).Relu().Dense(500).Relu().Dense(784));

    static Tensor Discriminator(Tensor z) => z.Dense(500).Relu().Dense(500).Relu().Dense(1);
}
