namespace Zoo.Models;

/// <summary>
/// A convolutional Wasserstein GAN with gradient penalty on 28×28 images (Gulrajani et al. 2017): layer normalisation in the critic,
/// because batch normalisation would make the slope at one example depend on the others.
/// </summary>
[WassersteinGan(Input = [1, 28, 28], Latent = [64], Batch = 64, Penalty = 10f, CriticSteps = 5)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f, Beta2 = 0.9f)]
public partial class FashionConvolutionalWgan
{
    static Tensor Generator(Tensor z) => z
        .Dense(128 * 7 * 7, bias: false).Reshape(128, 7, 7).BatchNorm().Relu()
        .ConvTranspose2d(64, kernel: 4, stride: 2, padding: 1, bias: false).BatchNorm().Relu()
        .ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1).Sigmoid();

    static Tensor Critic(Tensor x) => x
        .Conv2d(64, kernel: 4, stride: 2, padding: 1).LeakyRelu(0.2f)
        .Conv2d(128, kernel: 4, stride: 2, padding: 1).LayerNorm().LeakyRelu(0.2f)
        .Flatten().Dense(1);
}
