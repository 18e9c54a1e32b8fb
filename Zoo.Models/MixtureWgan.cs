namespace Zoo.Models;

/// <summary>
/// A Wasserstein GAN with gradient penalty (Gulrajani et al. 2017, section 5.1) on points of the plane: the networks, codes and batches of
/// <see cref="MixtureGan"/>, λ, β₁, β₂ and steps of the critic as in the paper.
/// </summary>
/// <remarks>
/// A quarter of the paper's width and ten times its learning rate, for runs of 20,000 steps over which the experiment lets it fall to 0;
/// the paper takes 100,000 steps of the generator. <see cref="GridWgan"/> is the paper's own.
/// </remarks>
[WassersteinGan(Input = [2], Latent = [2], Batch = 256, Penalty = 0.1f, CriticSteps = 5)]
[Adam(LearningRate = 1e-3f, Beta1 = 0.5f, Beta2 = 0.9f)]
public partial class MixtureWgan
{
    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Critic(Tensor x) => Trunk(x).Dense(1);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(128).Relu();
        return h;
    }
}
