namespace Zoo.Models;

/// <summary>
/// A convolutional variational auto-encoder on coloured images of 32×32, such as CIFAR-10's: three convolutions with stride 2, 64 codes,
/// and three transposed ones back; a Gaussian likelihood around the decoder's image, whose one variance for all pixels learns (Rybkin,
/// Daniilidis and Levine 2021, "Simple and effective VAE training with calibrated decoders").
/// </summary>
[Vae(Input = [3, 32, 32], Batch = 64)]
[Adam(LearningRate = 1e-3f)]
public partial class CifarConvolutionalVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Conv2d(32, kernel: 4, stride: 2, padding: 1).Relu()
            .Conv2d(64, kernel: 4, stride: 2, padding: 1, bias: false).BatchNorm().Relu()
            .Conv2d(128, kernel: 4, stride: 2, padding: 1, bias: false).BatchNorm().Relu().Flatten();
        return new(mean: h.Dense(64), logVariance: h.Dense(64));
    }

    static Gaussian Decoder(Tensor z)
    {
        var image = z.Dense(128 * 4 * 4).Relu().Reshape(128, 4, 4)
            .ConvTranspose2d(64, kernel: 4, stride: 2, padding: 1, bias: false).BatchNorm().Relu()
            .ConvTranspose2d(32, kernel: 4, stride: 2, padding: 1, bias: false).BatchNorm().Relu()
            .ConvTranspose2d(3, kernel: 4, stride: 2, padding: 1);
        return new(mean: image.Sigmoid(), logVariance: Tensor.Parameter("log_variance", [1]));
    }
}
