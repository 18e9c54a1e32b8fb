namespace Zoo.Models;

/// <summary>
/// A Wasserstein GAN with clipped weights (Arjovsky et al. 2017) on points of the plane: the networks, codes and batches of
/// <see cref="MixtureGan"/>.
/// </summary>
/// <remarks>
/// Weights are clipped to ±0.1, not to the paper's ±0.01: at this width a critic of such small weights is too flat to tell modes apart. The
/// learning rate is 20 times the paper's, for runs of 20,000 steps over which the experiment lets it fall to 0.
/// </remarks>
[WassersteinGan(Input = [2], Latent = [2], Batch = 256, Clip = 0.1f, CriticSteps = 5)]
[RmsProp(LearningRate = 1e-3f)]
public partial class MixtureClippedWgan
{
    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Critic(Tensor x) => Trunk(x).Dense(1);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(128).Relu();
        return h;
    }
}
