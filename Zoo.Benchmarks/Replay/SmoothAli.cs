namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <see cref="Zoo.Models.MixtureAli"/> at half its width, with an activation that has no kink and a fifth of the learning rate: as
/// declared,
/// rounding grows beyond the replay's tolerance within 70 of its 100 steps.
/// </summary>
[BiGan(Input = [2], Batch = 256)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class SmoothAli
{
    static Tensor Encoder(Tensor x, Noise n) => Trunk(Tensor.Concat(x, n.Normal(2))).Dense(2);

    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Discriminator(Tensor x, Tensor z) => Trunk(Tensor.Concat(x, z)).Dense(1);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(64).Tanh();
        return h;
    }
}
