namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <see cref="SmallConvolutionalVae"/> with an activation that has no kink, as <see cref="SmoothDcgan"/> is of its model.
/// </summary>
[Vae(Input = [1, 28, 28], Batch = 32)]
[Adam(LearningRate = 1e-3f)]
public partial class SmoothConvolutionalVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Conv2d(8, kernel: 4, stride: 2, padding: 1).Elu()
            .Conv2d(16, kernel: 4, stride: 2, padding: 1, bias: false).BatchNorm().Elu().Flatten();
        return new(mean: h.Dense(8), logVariance: h.Dense(8));
    }

    static Bernoulli Decoder(Tensor z) => new(logits: z.Dense(16 * 7 * 7).Elu().Reshape(16, 7, 7)
        .ConvTranspose2d(8, kernel: 4, stride: 2, padding: 1, bias: false).BatchNorm().Elu()
        .ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1));
}
