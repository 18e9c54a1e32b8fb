namespace Zoo.Models;

/// <summary>
/// A convolutional variational auto-encoder on 28×28 images: two convolutions with stride 2 (32 and 64 channels), 20 codes, and two
/// transposed convolutions back; Bernoulli likelihood on logits.
/// </summary>
[Vae(Input = [1, 28, 28], Batch = 64)]
[Adam(LearningRate = 1e-3f)]
public partial class FashionConvolutionalVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Conv2d(32, kernel: 4, stride: 2, padding: 1).Relu().Conv2d(64, kernel: 4, stride: 2, padding: 1).Relu().Flatten();
        return new(mean: h.Dense(20), logVariance: h.Dense(20));
    }

    static Bernoulli Decoder(Tensor z)
    {
        var image = z.Dense(64 * 7 * 7).Relu().Reshape(64, 7, 7);
        return new(logits: image.ConvTranspose2d(32, kernel: 4, stride: 2, padding: 1).Relu()
            .ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1));
    }
}
