namespace Zoo.Models;

/// <summary>
/// A Wasserstein GAN with gradient penalty written by hand: what <c>[Model]</c> can say, losses, phases, noise and gradients within a loss.
/// </summary>
[Model(Input = [2], Batch = 64)]
[Adam(LearningRate = 1e-4f, Beta1 = 0.5f)]
public partial class OwnCritic
{
    [Network]
    static Tensor Generator(Tensor z) => z.Dense(64).Relu().Dense(2);

    [Network]
    static Tensor Critic(Tensor x) => x.Dense(64).Relu().Dense(1);

    [Phase(Trains = [nameof(Critic)], Repeat = 5)]
    static (Tensor Wasserstein, Tensor Penalty) CriticLoss(Tensor x, Noise n)
    {
        var fake = Generator(n.Normal(8)).StopGradient();
        var alpha = n.Uniform(1);
        var between = alpha * x + (1f - alpha) * fake;
        var slope = Tensor.Gradient(Critic(between), between).Square().Sum().Sqrt();
        return (Critic(fake).Sum() - Critic(x).Sum(), 0.1f * (slope - 1f).Square());
    }

    [Phase(Trains = [nameof(Generator)])]
    static Tensor GeneratorLoss(Noise n) => -Critic(Generator(n.Normal(8))).Sum();
}
