namespace Zoo.Models;

/// <summary>
/// Adversarially learned inference (Dumoulin et al. 2017) on points of the plane: <see cref="MixtureBiGan"/> with an encoder that is fed
/// noise, so that a point has many codes.
/// </summary>
[BiGan(Input = [2], Batch = 256)]
[Adam(LearningRate = 1e-3f, Beta1 = 0.5f)]
public partial class MixtureAli
{
    static Tensor Encoder(Tensor x, Noise n) => Trunk(Tensor.Concat(x, n.Normal(2))).Dense(2);

    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Discriminator(Tensor x, Tensor z) => Trunk(Tensor.Concat(x, z)).Dense(1);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(128).Relu();
        return h;
    }
}
