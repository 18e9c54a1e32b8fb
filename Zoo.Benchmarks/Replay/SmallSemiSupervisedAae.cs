namespace Zoo.Benchmarks.Replay;

/// <summary><see cref="Zoo.Models.FashionSemiSupervisedAae"/>, as <see cref="SmallMixtureAae"/> is small.</summary>
[AdversarialAutoencoder(Input = [784], Classes = 10, Batch = 50)]
[Adam(LearningRate = 1e-3f, Phase = "reconstruction")]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class SmallSemiSupervisedAae
{
    static (Categorical Label, Tensor Style) Encoder(Tensor x)
    {
        var h = x.Dense(64).Tanh();
        return (new Categorical(h.Dense(10)), h.Dense(5));
    }

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(64).Tanh().Dense(784));

    static Tensor Discriminator(Tensor z) => z.Dense(64).Tanh().Dense(1);

    static Tensor LabelDiscriminator(Tensor y) => y.Dense(64).Tanh().Dense(1);
}
