namespace Zoo.Models;

/// <summary>
/// The variational auto-encoder of Kingma and Welling (2014) on 28×28 images: 784-400-20-400-784, ReLU, Bernoulli likelihood on logits; the
/// recipe of
/// PyTorch's example (batch 128, Adam 1e-3).
/// </summary>
[Vae(Input = [784], Batch = 128)]
[Adam(LearningRate = 1e-3f)]
public partial class FashionVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(400).Relu();
        return new Gaussian(mean: h.Dense(20), logVariance: h.Dense(20));
    }

    static Bernoulli Decoder(Tensor z) => new(logits: z.Dense(400).Relu().Dense(784));
}
