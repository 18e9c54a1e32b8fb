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

/// <summary>The same with a condition of numbers.</summary>
[Model(Input = [36], Batch = 16, Condition = [4])]
[Adam]
public partial class Conditioned
{
    [Network]
    static Tensor Decode(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(64).Relu().Dense(36);

    [Phase]
    static Tensor Error(Tensor x, Tensor y, Noise n) => (Decode(n.Normal(8), y) - x).Square().Sum();
}
