namespace Zoo.Models;

/// <summary>
/// <see cref="FashionConvolutionalVae"/> with a Gaussian likelihood around the decoder's image, whose one variance learns: a density, where
/// grey pixels have no Bernoulli probability. Train it with dequantised images (Theis, van den Oord and Bethge 2016, section 3.1).
/// </summary>
[Vae(Input = [1, 28, 28], Batch = 64)]
[Adam(LearningRate = 1e-3f)]
public partial class FashionGaussianVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Conv2d(32, kernel: 4, stride: 2, padding: 1).Relu().Conv2d(64, kernel: 4, stride: 2, padding: 1).Relu().Flatten();
        return new(mean: h.Dense(20), logVariance: h.Dense(20));
    }

    static Gaussian Decoder(Tensor z)
    {
        var image = z.Dense(64 * 7 * 7).Relu().Reshape(64, 7, 7).ConvTranspose2d(32, kernel: 4, stride: 2, padding: 1).Relu()
            .ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1);
        return new(mean: image.Sigmoid(), logVariance: Tensor.Parameter("log_variance", [1]));
    }
}
