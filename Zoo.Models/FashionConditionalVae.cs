namespace Zoo.Models;

/// <summary>
/// A variational auto-encoder given the garment's class (Kingma et al. 2014; Sohn et al. 2015): 784-256-8-256-784, softplus, the label as a
/// one-hot row beside image and code, Bernoulli likelihood on logits. The code is what a class leaves open: cut, size, pattern.
/// </summary>
[ConditionalVae(Input = [784], Classes = 10, Batch = 100)]
[Adam]
public partial class FashionConditionalVae
{
    static Gaussian Encoder(Tensor x, Tensor y)
    {
        var h = Tensor.Concat(x, y).Dense(256).Softplus();
        return new(h.Dense(8), h.Dense(8));
    }

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(256).Softplus().Dense(784));
}
