namespace Zoo.Models;

/// <summary>
/// A GAN on eight Gaussians around a ring (Metz et al. 2017, section 3.3): the classic case of mode collapse. Codes of 16 dimensions, 2 ×
/// 128 units each.
/// </summary>
[Gan(Input = [2], Latent = [16], Batch = 256)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f, For = nameof(Discriminator))]
public partial class RingGan
{
    static Tensor Generator(Tensor z) => z.Dense(128).Relu().Dense(128).Relu().Dense(2);

    static Tensor Discriminator(Tensor x) => x.Dense(128).LeakyRelu(0.2f).Dense(128).LeakyRelu(0.2f).Dense(1);
}
