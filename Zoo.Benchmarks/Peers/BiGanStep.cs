using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Peers;

/// <summary>
/// BiGAN, E 784-1024-50 and D (784 + 50)-1024-1 LeakyReLU 0.2, G 50-1024-784 ReLU and sigmoid, Adam 2e-4 β₁ 0.5: both losses come from one
/// forward pass in which the discriminator sees real and generated pairs as one batch, and each has gradients for its own networks only.
/// </summary>
public sealed class BiGanStep : IPeerStep
{
    readonly Sequential encoder = Sequential(("1", Linear(784, 1024)), ("2", LeakyReLU(0.2)), ("3", Linear(1024, 50)));
    readonly Sequential generator = Sequential(("1", Linear(50, 1024)), ("2", ReLU()), ("3", Linear(1024, 784)), ("4", Sigmoid()));
    readonly Sequential discriminator = Sequential(("1", Linear(834, 1024)), ("2", LeakyReLU(0.2)), ("3", Linear(1024, 1)));
    readonly Parameter[] judges, players;
    readonly optim.Optimizer forDiscriminator, forPlayers;

    public BiGanStep()
    {
        judges = [.. discriminator.parameters()];
        players = [.. encoder.parameters(), .. generator.parameters()];
        forDiscriminator = optim.Adam(judges, 2e-4, 0.5);
        forPlayers = optim.Adam(players, 2e-4, 0.5);
    }

    public void Run(Tensor x)
    {
        using var scope = NewDisposeScope();
        var rows = x.shape[0];
        var z = randn(rows, 50);
        var pairs = cat([cat([x, encoder.forward(x)], 1), cat([generator.forward(z), z], 1)], 0);
        var logits = discriminator.forward(pairs);
        var (real, fake) = (logits[..(int)rows], logits[(int)rows..]);
        forDiscriminator.zero_grad();
        forPlayers.zero_grad();
        (F.softplus(-real).mean() + F.softplus(fake).mean()).backward(retain_graph: true, inputs: judges);
        (F.softplus(real).mean() + F.softplus(-fake).mean()).backward(inputs: players);
        forDiscriminator.step();
        forPlayers.step();
    }

    public void Dispose()
    {
        forDiscriminator.Dispose();
        forPlayers.Dispose();
        encoder.Dispose();
        generator.Dispose();
        discriminator.Dispose();
    }
}
