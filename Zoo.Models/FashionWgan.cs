namespace Zoo.Models;

/// <summary>
/// A dense Wasserstein GAN with gradient penalty on 28×28 images: the networks of <see cref="FashionGan"/>, λ = 10, Adam as Gulrajani et
/// al. (2017) have it.
/// </summary>
[WassersteinGan(Input = [784], Latent = [64], Batch = 64, Penalty = 10f, CriticSteps = 5)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f, Beta2 = 0.9f)]
public partial class FashionWgan
{
    static Tensor Generator(Tensor z) => z.Dense(256).Relu().Dense(512).Relu().Dense(784).Sigmoid();

    static Tensor Critic(Tensor x) => x.Dense(512).LeakyRelu(0.2f).Dense(256).LeakyRelu(0.2f).Dense(1);
}
