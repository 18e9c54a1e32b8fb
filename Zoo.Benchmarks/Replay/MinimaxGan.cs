using Zoo.Models;

namespace Zoo.Benchmarks.Replay;

/// <summary>The networks of <see cref="RingGan"/> with the generator's loss of the original game (Goodfellow et al. 2014, eq. 1).</summary>
[Gan(Input = [2], Latent = [16], Batch = 256, Loss = GanLoss.Minimax)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f, For = nameof(Discriminator))]
public partial class MinimaxGan
{
    static Tensor Generator(Tensor z) => z.Dense(128).Relu().Dense(128).Relu().Dense(2);

    static Tensor Discriminator(Tensor x) => x.Dense(128).LeakyRelu(0.2f).Dense(128).LeakyRelu(0.2f).Dense(1);
}
