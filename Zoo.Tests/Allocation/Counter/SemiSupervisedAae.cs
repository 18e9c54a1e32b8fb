using Zoo;

/// <summary>An adversarial auto-encoder with five phases, whose labels may be left out.</summary>
[AdversarialAutoencoder(Input = [36], Batch = 16, Classes = 10)]
[Adam]
public partial class SemiSupervisedAae
{
    static (Categorical Label, Tensor Style) Encoder(Tensor x)
    {
        var h = x.Dense(24).Softplus();
        return (new Categorical(h.Dense(10)), h.Dense(3));
    }

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(24).Softplus().Dense(36));

    static Tensor Discriminator(Tensor z) => z.Dense(16).LeakyRelu(0.2f).Dense(1);

    static Tensor LabelDiscriminator(Tensor y) => y.Dense(16).LeakyRelu(0.2f).Dense(1);
}
