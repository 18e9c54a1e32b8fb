namespace Zoo.Models;

/// <summary>
/// An adversarial auto-encoder whose code is a class and a style, of which few examples are told the class (Makhzani et al. 2016, section
/// 5): 784-1000-1000-(10, 10), ReLU. Rows without a label have −1.
/// </summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 100)]
[Adam(LearningRate = 1e-3f, Phase = "reconstruction")]
[Adam(LearningRate = 1e-3f, Phase = "classification")]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class FashionSemiSupervisedAae
{
    static (Categorical Label, Tensor Style) Encoder(Tensor x)
    {
        var h = x.Dense(1000).Relu().Dense(1000).Relu();
        return (new Categorical(h.Dense(10)), h.Dense(10));
    }

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(1000).Relu().Dense(1000).Relu().Dense(784));

    static Tensor Discriminator(Tensor z) => z.Dense(1000).Relu().Dense(1000).Relu().Dense(1);

    static Tensor LabelDiscriminator(Tensor y) => y.Dense(1000).Relu().Dense(1000).Relu().Dense(1);
}
