namespace Zoo.Models;

/// <summary>
/// The Wasserstein GAN as first proposed (Arjovsky et al. 2017, algorithm 1), on points of the plane: the critic's weights are clipped to
/// ±0.01 and both sides follow RMSprop.
/// </summary>
[WassersteinGan(Input = [2], Latent = [2], Batch = 256, Clip = 0.01f, CriticSteps = 5)]
[RmsProp(LearningRate = 5e-5f)]
public partial class ClippedWgan
{
    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Critic(Tensor x) => Trunk(x).Dense(1);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(512).Relu();
        return h;
    }
}
