namespace Zoo.Benchmarks.Models;

/// <summary>FashionVae with a quarter of the batch.</summary>
[Vae(Input = [784], Batch = 32)]
[Adam]
sealed partial class SmallBatchVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(400).Relu();
        return new(h.Dense(20), h.Dense(20));
    }

    static Bernoulli Decoder(Tensor z) => new(z.Dense(400).Relu().Dense(784));
}
