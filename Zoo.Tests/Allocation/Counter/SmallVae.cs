using Zoo;

/// <summary>A model that PoCL steps through a thousand times in seconds, with clipping, warm-up and two optimisers.</summary>
[Vae(Input = [36], Batch = 16, WarmUpSteps = 100)]
[Adam(ClipNorm = 1f)]
[Sgd(LearningRate = 0.01f, Momentum = 0.9f, For = nameof(Decoder))]
sealed partial class SmallVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(24).Relu();
        return new(h.Dense(3), h.Dense(3));
    }

    static Bernoulli Decoder(Tensor z) => new(z.Dense(24).Softmax().Dense(36));
}
