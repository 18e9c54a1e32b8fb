using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>The peer of FashionVae: the same arithmetic as <see cref="Peers.VaeStep"/>.</summary>
sealed class TorchVae : TorchReplay
{
    readonly optim.Optimizer optimizer;

    public TorchVae(ParameterSet weights) : base(weights) => optimizer = optim.Adam([.. Of("encoder"), .. Of("decoder")], 1e-3);

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        var x = batch.X;
        optimizer.zero_grad();
        var h = F.relu(Dense("encoder.dense1", x));
        var (mean, logVariance) = (Dense("encoder.dense2", h), Dense("encoder.dense3", h));
        var z = mean + Drawn(draws, "epsilon", x.shape[0]) * (0.5 * logVariance).exp();
        var logits = Layers("decoder", z, h => F.relu(h));
        var (reconstruction, divergence) = Bound(logits, x, mean, logVariance);
        var elbo = reconstruction - divergence;
        (-elbo).backward();
        optimizer.step();
        return [new(reconstruction.item<double>()), new(divergence.item<double>()), new(elbo.item<double>())];
    }

    public override void Dispose()
    {
        optimizer.Dispose();
        base.Dispose();
    }
}
