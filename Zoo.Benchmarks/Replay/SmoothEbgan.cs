namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <see cref="Zoo.Models.MixtureEbgan"/> at half its width, with an activation that has no kink and a fifth of the learning rate, as
/// <see cref="SmoothAli"/> is of its model; the energy is the mean square, and the margin goes with that.
/// </summary>
[EnergyBasedGan(Input = [2], Latent = [2], Batch = 256, Margin = 0.1f, PullingAway = 0.1f)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class SmoothEbgan
{
    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Encoder(Tensor x) => Trunk(x).Dense(16);

    static Tensor Decoder(Tensor h) => Trunk(h).Dense(2);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(64).Tanh();
        return h;
    }
}
