namespace Zoo.Models;

/// <summary>
/// The rest of an image given its lower left quarter (Sohn et al. 2015, section 5.1): 588 pixels from 196, with a prior network p(z|y), 500
/// ReLU units in each hidden layer and a code of 50 numbers.
/// </summary>
[ConditionalVae(Input = [588], Condition = [196], Batch = 100)]
[Adam]
public partial class FashionQuadrantVae
{
    static Gaussian Encoder(Tensor x, Tensor y) => Head(Tensor.Concat(x, y));

    static Gaussian Prior(Tensor y) => Head(y);

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(500).Relu().Dense(588));

    static Gaussian Head(Tensor t)
    {
        var h = t.Dense(500).Relu();
        return new(h.Dense(50), h.Dense(50));
    }
}
