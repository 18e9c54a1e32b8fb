using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// The peer of GANs with ReLU in the generator and leaky ReLU in the discriminator, Adam with β₁ = 0.5: images are made once and serve both
/// phases.
/// </summary>
sealed class TorchGan : TorchReplay
{
    readonly optim.Optimizer ofDiscriminator, ofGenerator;
    readonly bool isMinimax, isImage;

    public TorchGan(ParameterSet weights, double discriminatorRate, bool isMinimax = false, bool isImage = false) : base(weights)
    {
        (this.isMinimax, this.isImage) = (isMinimax, isImage);
        (ofDiscriminator, ofGenerator) = (optim.Adam(Of("discriminator"), discriminatorRate, 0.5), optim.Adam(Of("generator"), 2e-4, 0.5));
    }

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        var x = batch.X;
        var fake = Layers("generator", Drawn(draws, "discriminator:z", x.shape[0]), h => F.relu(h));
        if (isImage) fake = fake.sigmoid();
        ofDiscriminator.zero_grad();
        var discriminator = F.softplus(-Judge(x)).mean() + F.softplus(Judge(fake.detach())).mean();
        discriminator.backward();
        ofDiscriminator.step();
        ofGenerator.zero_grad();
        var judged = Judge(fake);
        var generator = isMinimax ? -F.softplus(judged).mean() : F.softplus(-judged).mean();
        generator.backward();
        ofGenerator.step();
        return [new(discriminator.item<double>()), new(generator.item<double>())];
    }

    public override void Dispose()
    {
        ofDiscriminator.Dispose();
        ofGenerator.Dispose();
        base.Dispose();
    }

    Tensor Judge(Tensor x) => Layers("discriminator", x, h => F.leaky_relu(h, 0.2));
}
