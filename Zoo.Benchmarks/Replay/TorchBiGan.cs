using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// The peer of BiGANs and of ALI, Adam with β₁ = 0.5: both losses come from one forward pass, and both updates after both gradients.
/// </summary>
sealed class TorchBiGan : TorchReplay
{
    readonly optim.Optimizer ofDiscriminator, ofGenerator;
    readonly bool isImage, hasNoise;
    readonly Func<Tensor, Tensor> plain, leaky;
    readonly TorchSharp.Modules.Parameter[] judges, players;

    public TorchBiGan(ParameterSet weights, double rate, bool isImage = false, bool isSmooth = false, bool hasNoise = false) : base(weights)
    {
        (this.isImage, this.hasNoise) = (isImage, hasNoise);
        plain = isSmooth ? h => h.tanh() : h => F.relu(h);
        leaky = isImage ? h => F.leaky_relu(h, 0.2) : plain;
        (judges, players) = ([.. Of("discriminator")], [.. Of("encoder"), .. Of("generator")]);
        (ofDiscriminator, ofGenerator) = (optim.Adam(judges, rate, 0.5), optim.Adam(players, rate, 0.5));
    }

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        var x = batch.X;
        var code = hasNoise ? cat([x, Drawn(draws, "discriminator:encoder.normal1", x.shape[0])], 1) : x;
        var inferred = Layers("encoder", code, leaky);
        var z = Drawn(draws, "discriminator:z", x.shape[0]);
        var made = Layers("generator", z, plain);
        if (isImage) made = made.sigmoid();
        var (real, fake) = (Judge(x, inferred), Judge(made, z));
        var discriminator = F.softplus(-real).mean() + F.softplus(fake).mean();
        var generator = F.softplus(real).mean() + F.softplus(-fake).mean();
        // Each loss moves its own networks only.
        var ofJudges = autograd.grad([discriminator], judges, retain_graph: true);
        var ofPlayers = autograd.grad([generator], players);
        Move(ofDiscriminator, judges, ofJudges);
        Move(ofGenerator, players, ofPlayers);
        return [new(discriminator.item<double>()), new(generator.item<double>())];
    }

    public override void Dispose()
    {
        ofDiscriminator.Dispose();
        ofGenerator.Dispose();
        base.Dispose();
    }

    static void Move(optim.Optimizer optimizer, TorchSharp.Modules.Parameter[] parameters, IList<Tensor> gradients)
    {
        for (var i = 0; i < parameters.Length; i++) parameters[i].grad = gradients[i].MoveToOuterDisposeScope();
        optimizer.step();
    }

    Tensor Judge(Tensor x, Tensor z) => Layers("discriminator", cat([x, z], 1), leaky);
}
