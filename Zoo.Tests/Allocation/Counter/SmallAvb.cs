using Zoo;

/// <summary>A posterior that nobody can write down, and a discriminator that moves twice as often.</summary>
[AdversarialVariationalBayes(Input = [2], Batch = 64, DiscriminatorSteps = 2)]
[Adam]
public partial class SmallAvb
{
    static Tensor Encoder(Tensor x, Noise n) => Tensor.Concat(x, n.Normal(2)).Dense(24).Elu().Dense(2);

    static Gaussian Decoder(Tensor z) => new(z.Dense(24).Elu().Dense(2), Tensor.Parameter("log_variance", [1]));

    static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(24).Elu().Dense(1);
}

/// <summary>The same with moments of the batch as a contrast.</summary>
[AdversarialVariationalBayes(Input = [2], Batch = 64)]
[Adam]
public partial class ContrastedAvb
{
    static (Tensor Z, Gaussian Contrast) Encoder(Tensor x, Noise n)
    {
        var (centre, v) = (x.Dense(24).Elu().Dense(2), n.Normal(4).Dense(24).Elu().Dense(2));
        return (centre + v, new(centre + v.BatchMean(), (v.BatchVariance() + 1e-4f).Log()));
    }

    static Gaussian Decoder(Tensor z) => new(z.Dense(24).Elu().Dense(2), Tensor.Parameter("log_variance", [1]));

    static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(24).Elu().Dense(1);
}
