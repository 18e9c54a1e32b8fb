using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// The peer of conditional VAEs with one hidden layer in each network: y is put beside x and beside z, one-hot where it is a label, and
/// the divergence is that of two diagonal Gaussians where the prior is a network.
/// </summary>
sealed class TorchConditionalVae : TorchReplay
{
    readonly optim.Optimizer optimizer;
    readonly Func<Tensor, Tensor> activation;
    readonly bool hasPrior;

    TorchConditionalVae(ParameterSet weights, Func<Tensor, Tensor> activation, bool hasPrior) : base(weights)
    {
        (this.activation, this.hasPrior) = (activation, hasPrior);
        optimizer = optim.Adam([.. Of("encoder"), .. Of("prior"), .. Of("decoder")], 1e-3);
    }

    /// <summary>Softplus, codes from N(0, I).</summary>
    public static TorchConditionalVae Labelled(ParameterSet weights) => new(weights, h => F.softplus(h), hasPrior: false);

    /// <summary>ReLU or softplus, codes from p(z|y).</summary>
    public static TorchConditionalVae WithPrior(ParameterSet weights, bool isSoft) =>
        new(weights, h => isSoft ? F.softplus(h) : F.relu(h), hasPrior: true);

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var (x, y) = (batch.X, batch.Y);
        var (mean, logVariance) = Law("encoder", cat([x, y], 1));
        var (priorMean, priorLogVariance) = hasPrior ? Law("prior", y) : (zeros_like(mean), zeros_like(mean));
        var z = mean + Drawn(draws, "epsilon", x.shape[0]) * (0.5 * logVariance).exp();
        var logits = Layers("decoder", cat([z, y], 1), activation);
        var reconstruction = -F.binary_cross_entropy_with_logits(logits, x, reduction: nn.Reduction.Sum) / x.shape[0];
        var ratio = (logVariance.exp() + (mean - priorMean).pow(2)) / priorLogVariance.exp();
        var divergence = 0.5 * (priorLogVariance - logVariance + ratio - 1).sum() / x.shape[0];
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

    (Tensor Mean, Tensor LogVariance) Law(string network, Tensor input)
    {
        var h = activation(Dense($"{network}.dense1", input));
        return (Dense($"{network}.dense2", h), Dense($"{network}.dense3", h));
    }
}
