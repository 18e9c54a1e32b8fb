namespace Zoo.Benchmarks.Replay;

/// <summary>
/// A Wasserstein GAN with gradient penalty that is small enough to be followed for 100 steps: in <see cref="Zoo.Models.GridWgan"/> rounding
/// is amplified earlier, see <see cref="ReplayedModel.Steps"/>.
/// </summary>
[WassersteinGan(Input = [2], Latent = [8], Batch = 64, Penalty = 0.1f, CriticSteps = 5)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f, Beta2 = 0.9f)]
public partial class PenalisedWgan
{
    static Tensor Generator(Tensor z) => z.Dense(64).Relu().Dense(64).Relu().Dense(2);

    static Tensor Critic(Tensor x) => x.Dense(64).Relu().Dense(64).Relu().Dense(1);
}
