// One declaration for each member of the zoo. They must compile against the real project as they stand.
using Zoo;

namespace Zoo.Surface;

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
