namespace Zoo.Models;

/// <summary>
/// Adversarial variational Bayes on images with adaptive contrast, after the encoder of Mescheder et al. 2017: z = z₀(x) + Σ aᵢ(x)·vᵢ(nᵢ),
/// so that the moments of a code follow from those of the vᵢ, which are taken in the batch; four of them here, and dense networks.
/// </summary>
[AdversarialVariationalBayes(Input = [784], Batch = 128)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
[Adam(LearningRate = 4e-4f, Beta1 = 0.5f, For = nameof(Discriminator))]
public partial class FashionAvb
{
    const int Latent = 8;

    static (Tensor Code, Gaussian Contrast) Encoder(Tensor x, Noise n)
    {
        var h = x.Dense(400).Elu();
        var z = h.Dense(Latent);
        Tensor mean = z, variance = 1e-4f;
        for (var i = 0; i < 4; i++)
        {
            var v = n.Normal(16).Dense(128).Elu().Dense(128).Elu().Dense(Latent);
            // Positive, and small at first.
            var a = (h.Dense(Latent) - 2f).Elu() + 1f;
            z += a * v;
            mean += a * v.BatchMean();
            variance += a.Square() * v.BatchVariance();
        }
        return (z, new(mean, variance.Log()));
    }

    static Bernoulli Decoder(Tensor z) => new(z.Dense(400).Elu().Dense(784));

    /// <summary>Close to 0 at first: one factor of the inner product begins at 0.</summary>
    static Tensor Discriminator(Tensor x, Tensor z)
    {
        var (ofExample, ofCode) = (x.Dense(512).LeakyRelu(0.2f), z.Dense(512).LeakyRelu(0.2f));
        return (ofExample.Dense(256) * ofCode.Dense(256, weight: Init.Zeros)).Sum() + ofExample.Dense(1) + ofCode.Dense(1);
    }
}
