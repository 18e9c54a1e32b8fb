namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <see cref="Zoo.Models.FashionAvb"/> at a quarter of its width, with a discriminator that has no kink and does not begin at 0, and a
/// quarter of the learning rates: as declared, rounding grows beyond the replay's tolerance within 75 of its 100 steps.
/// </summary>
[AdversarialVariationalBayes(Input = [784], Batch = 128)]
[Adam(LearningRate = 5e-5f, Beta1 = 0.5f)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f, For = nameof(Discriminator))]
public partial class SmoothAvb
{
    const int Latent = 8;

    static (Tensor Code, Gaussian Contrast) Encoder(Tensor x, Noise n)
    {
        var h = x.Dense(100).Elu();
        var z = h.Dense(Latent);
        Tensor mean = z, variance = 1e-4f;
        for (var i = 0; i < 4; i++)
        {
            var v = n.Normal(16).Dense(32).Elu().Dense(32).Elu().Dense(Latent);
            var a = (h.Dense(Latent) - 2f).Elu() + 1f;
            z += a * v;
            mean += a * v.BatchMean();
            variance += a.Square() * v.BatchVariance();
        }
        return (z, new(mean, variance.Log()));
    }

    static Bernoulli Decoder(Tensor z) => new(z.Dense(100).Elu().Dense(784));

    static Tensor Discriminator(Tensor x, Tensor z)
    {
        var (ofExample, ofCode) = (x.Dense(128).Tanh(), z.Dense(128).Tanh());
        return (ofExample.Dense(64) * ofCode.Dense(64)).Sum() + ofExample.Dense(1) + ofCode.Dense(1);
    }
}
