using Zoo;

// The variants of Zoo.Models on points, so small that a thousand steps of each take no time: what allocates does so at any size. Programs
// that are large enough for several threads are counted with RingGan and FashionVae.

/// <summary>A critic with a gradient penalty, five steps for one of the generator.</summary>
[WassersteinGan(Input = [2], Latent = [2], Batch = 64, Penalty = 0.1f, CriticSteps = 5)]
[Adam]
public partial class SmallWgan
{
    static Tensor Generator(Tensor z) => z.Dense(24).Relu().Dense(2);

    static Tensor Critic(Tensor x) => x.Dense(24).Relu().Dense(24).Relu().Dense(1);
}

/// <summary>A critic whose weights are clipped.</summary>
[WassersteinGan(Input = [2], Latent = [2], Batch = 64, Clip = 0.1f, CriticSteps = 5)]
[RmsProp]
public partial class SmallClippedWgan
{
    static Tensor Generator(Tensor z) => z.Dense(24).Relu().Dense(2);

    static Tensor Critic(Tensor x) => x.Dense(24).Relu().Dense(1);
}

/// <summary>An encoder that is fed noise, both sides from one forward pass.</summary>
[BiGan(Input = [2], Batch = 64)]
[Adam]
public partial class SmallAli
{
    static Tensor Encoder(Tensor x, Noise n) => Tensor.Concat(x, n.Normal(2)).Dense(24).Relu().Dense(2);

    static Tensor Generator(Tensor z) => z.Dense(24).Relu().Dense(2);

    static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(24).Relu().Dense(1);
}

/// <summary>An auto-encoder's error as the energy, and the pulling-away term.</summary>
[EnergyBasedGan(Input = [2], Latent = [2], Batch = 64, Margin = 1f, PullingAway = 0.1f, Reduction = EnergyReduction.Norm)]
[Adam]
public partial class SmallEbgan
{
    static Tensor Generator(Tensor z) => z.Dense(24).Relu().Dense(2);

    static Tensor Encoder(Tensor x) => x.Dense(24).Relu().Dense(8);

    static Tensor Decoder(Tensor h) => h.Dense(24).Relu().Dense(2);
}
