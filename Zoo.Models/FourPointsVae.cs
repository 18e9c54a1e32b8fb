namespace Zoo.Models;

/// <summary>The Gaussian posterior's answer to <see cref="FourPointsAvb"/>: the same sizes, the divergence in closed form.</summary>
[Vae(Input = [4], Batch = 512)]
[Adam(LearningRate = 1e-4f)]
public partial class FourPointsVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(64).Elu().Dense(64).Elu();
        return new(h.Dense(2), h.Dense(2));
    }

    static Bernoulli Decoder(Tensor z) => new(z.Dense(64).Elu().Dense(64).Elu().Dense(4));
}
