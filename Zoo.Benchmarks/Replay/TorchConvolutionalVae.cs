using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>The peer of <see cref="SmallConvolutionalVae"/> and <see cref="SmoothConvolutionalVae"/>.</summary>
sealed class TorchConvolutionalVae : TorchReplay
{
    readonly optim.Optimizer optimizer;
    readonly Func<Tensor, Tensor> activation;

    public TorchConvolutionalVae(ParameterSet weights, bool isSmooth) : base(weights)
    {
        optimizer = optim.Adam([.. Of("encoder"), .. Of("decoder")], 1e-3);
        activation = isSmooth ? h => F.elu(h, 1) : h => F.relu(h);
    }

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        var x = batch.X;
        var rows = x.shape[0];
        optimizer.zero_grad();
        var h = activation(Conv("encoder.conv1", x.reshape(rows, 1, 28, 28), stride: 2, padding: 1));
        h = activation(BatchNorm("encoder.batchnorm1", Conv("encoder.conv2", h, stride: 2, padding: 1))).flatten(1);
        var (mean, logVariance) = (Dense("encoder.dense1", h), Dense("encoder.dense2", h));
        var z = mean + Drawn(draws, "epsilon", rows) * (0.5 * logVariance).exp();
        var y = activation(Dense("decoder.dense1", z)).reshape(rows, 16, 7, 7);
        y = activation(BatchNorm("decoder.batchnorm1", ConvTranspose("decoder.convtranspose1", y, stride: 2, padding: 1)));
        var logits = ConvTranspose("decoder.convtranspose2", y, stride: 2, padding: 1).flatten(1);
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
