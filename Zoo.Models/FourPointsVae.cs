namespace Zoo.Models;

/// <summary>The Gaussian posterior's answer to <see cref="FourPointsAvb"/>: the same sizes, the divergence in closed form.</summary>
[Vae(Input = [4], Batch = 256)]
[Adam(LearningRate = 1e-3f)]
public partial class FourPointsVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = Trunk(x);
        return new(h.Dense(2), h.Dense(2));
    }

    static Bernoulli Decoder(Tensor z) => new(Trunk(z).Dense(4));

    static Tensor Trunk(Tensor h) => h.Dense(64).Elu().Dense(64).Elu();
}
