using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Peers;

/// <summary>
/// Energy-based GAN with the pulling-away term, G 50-256-784 ReLU and sigmoid, auto-encoder 784-64-784 ReLU and sigmoid, Adam 1e-3; the
/// fake batch is drawn once and used by both phases, and the auto-encoder's weights are frozen while the generator learns. Pairs are a
/// table, as anybody would write it.
/// </summary>
public sealed class EnergyBasedGanStep : IPeerStep
{
    const double Margin = 0.1, PullingAway = 0.1;

    readonly Sequential generator = Sequential(("1", Linear(50, 256)), ("2", ReLU()), ("3", Linear(256, 784)), ("4", Sigmoid()));
    readonly Sequential encoder = Sequential(("1", Linear(784, 64)), ("2", ReLU()));
    readonly Sequential decoder = Sequential(("1", Linear(64, 784)), ("2", Sigmoid()));
    readonly Parameter[] ofDiscriminator;
    readonly optim.Optimizer forGenerator, forDiscriminator;

    public EnergyBasedGanStep()
    {
        ofDiscriminator = [.. encoder.parameters(), .. decoder.parameters()];
        forGenerator = optim.Adam(generator.parameters(), 1e-3);
        forDiscriminator = optim.Adam(ofDiscriminator, 1e-3);
    }

    public void Run(Tensor x)
    {
        using var scope = NewDisposeScope();
        var fake = generator.forward(randn(x.shape[0], 50));
        forDiscriminator.zero_grad();
        (Energy(x).Energies.mean() + F.relu(Margin - Energy(fake.detach()).Energies).mean()).backward();
        forDiscriminator.step();
        forGenerator.zero_grad();
        foreach (var parameter in ofDiscriminator) parameter.requires_grad = false;
        var (energies, codes) = Energy(fake);
        (energies.mean() + PullingAway * MeanSquaredCosine(codes)).backward();
        forGenerator.step();
        foreach (var parameter in ofDiscriminator) parameter.requires_grad = true;
    }

    public void Dispose()
    {
        forGenerator.Dispose();
        forDiscriminator.Dispose();
        generator.Dispose();
        encoder.Dispose();
        decoder.Dispose();
    }

    (Tensor Energies, Tensor Codes) Energy(Tensor x)
    {
        var codes = encoder.forward(x);
        return ((decoder.forward(codes) - x).square().mean([1]), codes);
    }

    static Tensor MeanSquaredCosine(Tensor codes)
    {
        var n = codes.shape[0];
        var directions = F.normalize(codes, 2, 1);
        return (directions.matmul(directions.t()).square().sum() - n) / (n * (n - 1));
    }
}
