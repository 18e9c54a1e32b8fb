using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// The peer of <see cref="SmallDcgan"/> and <see cref="SmoothDcgan"/>. Images are made once and serve both phases. Statistics are kept by
/// the phase that trains the network: the discriminator's of the real batch and then of the made one, but not once more of the latter while
/// the generator learns.
/// </summary>
sealed class TorchDcgan : TorchReplay
{
    readonly optim.Optimizer ofDiscriminator, ofGenerator;
    readonly Func<Tensor, Tensor> plain, leaky;

    public TorchDcgan(ParameterSet weights, bool isSmooth) : base(weights)
    {
        plain = isSmooth ? h => F.elu(h, 1) : h => F.relu(h);
        leaky = isSmooth ? plain : h => F.leaky_relu(h, 0.2);
        (ofDiscriminator, ofGenerator) = (optim.Adam(Of("discriminator"), 2e-4, 0.5), optim.Adam(Of("generator"), 2e-4, 0.5));
    }

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        var rows = batch.X.shape[0];
        var fake = Generate(Drawn(draws, "discriminator:z", rows));
        ofDiscriminator.zero_grad();
        var discriminator = F.softplus(-Judge(batch.X.reshape(rows, 1, 28, 28), keeps: true)).mean()
            + F.softplus(Judge(fake.detach(), keeps: true)).mean();
        discriminator.backward();
        ofDiscriminator.step();
        ofGenerator.zero_grad();
        var generator = F.softplus(-Judge(fake, keeps: false)).mean();
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

    Tensor Generate(Tensor z)
    {
        var h = plain(BatchNorm("generator.batchnorm1", Dense("generator.dense1", z).reshape(z.shape[0], 16, 7, 7)));
        h = plain(BatchNorm("generator.batchnorm2", ConvTranspose("generator.convtranspose1", h, stride: 2, padding: 1)));
        return ConvTranspose("generator.convtranspose2", h, stride: 2, padding: 1).sigmoid();
    }

    Tensor Judge(Tensor x, bool keeps)
    {
        var h = leaky(Conv("discriminator.conv1", x, stride: 2, padding: 1));
        h = leaky(BatchNorm("discriminator.batchnorm1", Conv("discriminator.conv2", h, stride: 2, padding: 1), keeps));
        return Dense("discriminator.dense1", h.flatten(1));
    }
}
