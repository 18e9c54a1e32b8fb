namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <see cref="Zoo.Models.FashionQuadrantVae"/> with softplus, so that it can be followed for 100 steps: with ReLU rounding is amplified
/// earlier, see <see cref="ReplayedModel.Steps"/>.
/// </summary>
[ConditionalVae(Input = [588], Condition = [196], Batch = 64)]
[Adam]
public partial class SoftQuadrantVae
{
    static Gaussian Encoder(Tensor x, Tensor y) => Head(Tensor.Concat(x, y));

    static Gaussian Prior(Tensor y) => Head(y);

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(200).Softplus().Dense(588));

    static Gaussian Head(Tensor t)
    {
        var h = t.Dense(200).Softplus();
        return new(h.Dense(20), h.Dense(20));
    }
}
