using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>The peer's step with given weights and draws: the same arithmetic as <see cref="Peers.VaeStep"/>, the losses read back.</summary>
sealed class TorchReplay : IDisposable
{
    static readonly string[] Names = ["encoder.dense1", "encoder.dense2", "encoder.dense3", "decoder.dense1", "decoder.dense2"];
    readonly Dictionary<string, TorchSharp.Modules.Parameter> parameters = [];
    readonly optim.Optimizer optimizer;

    public TorchReplay(ParameterSet weights)
    {
        foreach (var weight in weights)
        {
            var values = new float[weight.Length];
            weight.CopyTo(values);
            parameters[weight.Name] = new TorchSharp.Modules.Parameter(tensor(values).reshape([.. weight.Shape.ToArray().Select(d => (long)d)]));
        }
        if (Names.Any(name => !parameters.ContainsKey(name + ".weight"))) throw new InvalidOperationException("The replay is written for FashionVae.");
        optimizer = optim.Adam(parameters.Values, 1e-3);
    }

    /// <summary>One update; reconstruction and divergence of the batch before it, nats an example, in the signs of the generated class.</summary>
    public (double Reconstruction, double Divergence) Step(Tensor x, Tensor epsilon)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var h = F.relu(Dense("encoder.dense1", x));
        var (mean, logVariance) = (Dense("encoder.dense2", h), Dense("encoder.dense3", h));
        var z = mean + epsilon * (0.5 * logVariance).exp();
        var logits = Dense("decoder.dense2", F.relu(Dense("decoder.dense1", z)));
        var reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction: nn.Reduction.Sum) / x.shape[0];
        var divergence = -0.5 * (1 + logVariance - mean.pow(2) - logVariance.exp()).sum() / x.shape[0];
        (reconstruction + divergence).backward();
        optimizer.step();
        return (-reconstruction.item<float>(), divergence.item<float>());
    }

    public void Dispose()
    {
        optimizer.Dispose();
        foreach (var parameter in parameters.Values) parameter.Dispose();
    }

    Tensor Dense(string layer, Tensor x) => F.linear(x, parameters[layer + ".weight"], parameters[layer + ".bias"]);
}
