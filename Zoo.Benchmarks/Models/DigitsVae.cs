namespace Zoo.Benchmarks.Models;

/// <summary>A model of 8×8 images that is small enough for what is not arithmetic to count.</summary>
[Vae(Input = [64], Batch = 100)]
[Adam]
sealed partial class DigitsVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(128).Relu();
        return new(h.Dense(2), h.Dense(2));
    }

    static Bernoulli Decoder(Tensor z) => new(z.Dense(128).Relu().Dense(64));
}
