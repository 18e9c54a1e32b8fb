namespace Zoo.Benchmarks.Models;

/// <summary>1-32-64 channels on 28×28, kernels of 3 there and of 4 back, 16 codes.</summary>
[Vae(Input = [1, 28, 28], Batch = 64)]
[Adam]
sealed partial class ConvolutionalVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Conv2d(32, kernel: 3, stride: 2, padding: 1).Relu().Conv2d(64, kernel: 3, stride: 2, padding: 1).Relu().Flatten();
        return new(h.Dense(16), h.Dense(16));
    }

    static Bernoulli Decoder(Tensor z) => new(logits: z.Dense(64 * 7 * 7).Relu().Reshape(64, 7, 7)
        .ConvTranspose2d(32, kernel: 4, stride: 2, padding: 1).Relu().ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1));
}
