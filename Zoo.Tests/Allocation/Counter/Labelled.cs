using Zoo;

/// <summary>A network that makes an example of a code and a label.</summary>
[Model(Input = [36], Batch = 16, Classes = 10)]
[Adam]
public partial class Labelled
{
    [Network]
    static Tensor Decode(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(64).Relu().Dense(36);

    [Phase]
    static Tensor Error(Tensor x, Tensor y, Noise n) => (Decode(n.Normal(8), y) - x).Square().Sum();
}

/// <summary>A conditional VAE, whose members take labels.</summary>
[ConditionalVae(Input = [36], Batch = 16, Classes = 10)]
[Adam]
public partial class LabelledVae
{
    static Gaussian Encoder(Tensor x, Tensor y)
    {
        var h = Tensor.Concat(x, y).Dense(24).Softplus();
        return new(h.Dense(3), h.Dense(3));
    }

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(24).Softplus().Dense(36));
}

/// <summary>One with a condition of numbers and a prior network.</summary>
[ConditionalVae(Input = [36], Batch = 16, Condition = [4])]
[Adam]
public partial class ConditionedVae
{
    static Gaussian Encoder(Tensor x, Tensor y) => new(Tensor.Concat(x, y).Dense(3), x.Dense(3));

    static Gaussian Prior(Tensor y) => new(y.Dense(3), y.Dense(3));

    static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(24).Softplus().Dense(36));
}

/// <summary>A network that makes an example of a code and a condition.</summary>
[Model(Input = [36], Batch = 16, Condition = [4])]
[Adam]
public partial class Conditioned
{
    [Network]
    static Tensor Decode(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(64).Relu().Dense(36);

    [Phase]
    static Tensor Error(Tensor x, Tensor y, Noise n) => (Decode(n.Normal(8), y) - x).Square().Sum();
}
