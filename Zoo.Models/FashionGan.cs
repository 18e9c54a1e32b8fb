namespace Zoo.Models;

/// <summary>
/// A dense GAN on 28×28 images: generator 64-256-512-784 with ReLU and sigmoid, discriminator 784-512-256-1 with leaky ReLU, Adam as DCGAN
/// has it.
/// </summary>
[Gan(Input = [784], Latent = [64], Batch = 128)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class FashionGan
{
    static Tensor Generator(Tensor z) => z.Dense(256).Relu().Dense(512).Relu().Dense(784).Sigmoid();

    static Tensor Discriminator(Tensor x) => x.Dense(512).LeakyRelu(0.2f).Dense(256).LeakyRelu(0.2f).Dense(1);
}
