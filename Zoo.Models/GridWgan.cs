namespace Zoo.Models;

/// <summary>
/// A Wasserstein GAN with gradient penalty on points of the plane (Gulrajani et al. 2017, section 5.1): 3 × 512 ReLU on both sides, λ =
/// 0.1, five steps of the critic for one of the generator.
/// </summary>
[WassersteinGan(Input = [2], Latent = [2], Batch = 256, Penalty = 0.1f, CriticSteps = 5)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f, Beta2 = 0.9f)]
public partial class GridWgan
{
    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Critic(Tensor x) => Trunk(x).Dense(1);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(512).Relu();
        return h;
    }
}
