namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <see cref="SmallDcgan"/> with an activation that has no kink, as <see cref="SmoothAli"/> is of its model: a weight of the generator's
/// first layer has a gradient of 32 terms, so that one operand that is within a rounding error of 0 turns what Adam does with it.
/// </summary>
[Gan(Input = [1, 28, 28], Latent = [16], Batch = 32)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class SmoothDcgan
{
    static Tensor Generator(Tensor z) => z
        .Dense(16 * 7 * 7, bias: false, weight: Init.Normal002).Reshape(16, 7, 7).BatchNorm().Elu()
        .ConvTranspose2d(8, kernel: 4, stride: 2, padding: 1, bias: false, weight: Init.Normal002).BatchNorm().Elu()
        .ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1, weight: Init.Normal002).Sigmoid();

    static Tensor Discriminator(Tensor x) => x
        .Conv2d(8, kernel: 4, stride: 2, padding: 1, weight: Init.Normal002).Elu()
        .Conv2d(16, kernel: 4, stride: 2, padding: 1, bias: false, weight: Init.Normal002).BatchNorm().Elu()
        .Flatten().Dense(1, weight: Init.Normal002);
}
