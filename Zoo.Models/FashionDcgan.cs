namespace Zoo.Models;

/// <summary>
/// A deep convolutional GAN on 28×28 images: the guidelines of Radford, Metz and Chintala (2016), which are batch normalisation but for the
/// first layer of the discriminator and the last of the generator, strides in place of pools, Adam with β₁ = 0.5, first weights of
/// deviation 0.02.
/// </summary>
[Gan(Input = [1, 28, 28], Latent = [64], Batch = 64)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class FashionDcgan
{
    static Tensor Generator(Tensor z) => z
        .Dense(128 * 7 * 7, bias: false, weight: Init.Normal002).Reshape(128, 7, 7).BatchNorm().Relu()
        .ConvTranspose2d(64, kernel: 4, stride: 2, padding: 1, bias: false, weight: Init.Normal002).BatchNorm().Relu()
        .ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1, weight: Init.Normal002).Sigmoid();

    static Tensor Discriminator(Tensor x) => x
        .Conv2d(64, kernel: 4, stride: 2, padding: 1, weight: Init.Normal002).LeakyRelu(0.2f)
        .Conv2d(128, kernel: 4, stride: 2, padding: 1, bias: false, weight: Init.Normal002).BatchNorm().LeakyRelu(0.2f)
        .Flatten().Dense(1, weight: Init.Normal002);
}
