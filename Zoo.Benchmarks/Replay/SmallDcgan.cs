namespace Zoo.Benchmarks.Replay;

/// <summary><see cref="Zoo.Models.FashionDcgan"/> at an eighth of its width.</summary>
[Gan(Input = [1, 28, 28], Latent = [16], Batch = 32)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class SmallDcgan
{
    static Tensor Generator(Tensor z) => z
        .Dense(16 * 7 * 7, bias: false, weight: Init.Normal002).Reshape(16, 7, 7).BatchNorm().Relu()
        .ConvTranspose2d(8, kernel: 4, stride: 2, padding: 1, bias: false, weight: Init.Normal002).BatchNorm().Relu()
        .ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1, weight: Init.Normal002).Sigmoid();

    static Tensor Discriminator(Tensor x) => x
        .Conv2d(8, kernel: 4, stride: 2, padding: 1, weight: Init.Normal002).LeakyRelu(0.2f)
        .Conv2d(16, kernel: 4, stride: 2, padding: 1, bias: false, weight: Init.Normal002).BatchNorm().LeakyRelu(0.2f)
        .Flatten().Dense(1, weight: Init.Normal002);
}
