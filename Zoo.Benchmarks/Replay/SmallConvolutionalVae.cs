namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <see cref="Zoo.Models.FashionConvolutionalVae"/> at a quarter of its width, with batch normalisation on both sides. What is normalised
/// has no bias: the gradient of one would be a rounding error, of which Adam makes a full step.
/// </summary>
[Vae(Input = [1, 28, 28], Batch = 32)]
[Adam(LearningRate = 1e-3f)]
public partial class SmallConvolutionalVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Conv2d(8, kernel: 4, stride: 2, padding: 1).Relu()
            .Conv2d(16, kernel: 4, stride: 2, padding: 1, bias: false).BatchNorm().Relu().Flatten();
        return new(mean: h.Dense(8), logVariance: h.Dense(8));
    }

    static Bernoulli Decoder(Tensor z) => new(logits: z.Dense(16 * 7 * 7).Relu().Reshape(16, 7, 7)
        .ConvTranspose2d(8, kernel: 4, stride: 2, padding: 1, bias: false).BatchNorm().Relu()
        .ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1));
}
