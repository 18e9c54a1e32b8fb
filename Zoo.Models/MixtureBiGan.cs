namespace Zoo.Models;

/// <summary>
/// A bidirectional GAN (Donahue et al. 2017) on points of the plane, with the networks, codes and batches of <see cref="MixtureGan"/>; the
/// discriminator judges a point together with its code.
/// </summary>
[BiGan(Input = [2], Batch = 256)]
[Adam(LearningRate = 1e-3f, Beta1 = 0.5f)]
public partial class MixtureBiGan
{
    static Tensor Encoder(Tensor x) => Trunk(x).Dense(2);

    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Discriminator(Tensor x, Tensor z) => Trunk(Tensor.Concat(x, z)).Dense(1);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(128).Relu();
        return h;
    }
}
