using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// <c>layers</c>: each layer of <see cref="ReplayedLayers"/> beside TorchSharp's own, from the same weights: loss, value, gradients and
/// running statistics. <c>--write FOLDER</c> keeps TorchSharp's as the golden of a test.
/// </summary>
sealed class TorchLayers : IDisposable
{
    readonly Dictionary<string, TorchSharp.Modules.Parameter> parameters;

    TorchLayers(ParameterSet weights) => parameters = weights.ToDictionary(weight => weight.Name, TorchReplay.Copy);

    public static int Run(string[] arguments) => TorchCommand.Run("layers", arguments, Compare);

    static bool Compare(string? folder)
    {
        using var ours = new ReplayedLayers(seed: 1);
        LayerValues.Begin(ours);
        using var theirs = new TorchLayers(ours.Parameters);
        List<LayerValues> all = [.. LayerComparison.All.SelectMany(layer => theirs.Values(layer.Network))];
        var agree = true;
        foreach (var (values, own) in all.Zip(LayerComparison.Own(ours, all)))
        {
            var off = values.Deviation(own);
            agree &= off <= LayerValues.Tolerance;
            Console.WriteLine(FormattableString.Invariant($"{values.Network,-12} {values.What,-40} {off:E1}"));
        }
        if (folder is not null) LayerValues.Write(Path.Combine(folder, "Layers.csv"), all);
        return agree;
    }

    public void Dispose()
    {
        foreach (var parameter in parameters.Values) parameter.Dispose();
    }

    IEnumerable<LayerValues> Values(string network)
    {
        using var scope = NewDisposeScope();
        var loss = Layer(network, training: true).sin().sum() / ReplayedLayers.Batch;
        loss.backward();
        var own = parameters.Where(p => p.Key.StartsWith(network + ".", StringComparison.Ordinal)).ToList();
        return
        [
            new(network, "loss", [loss.item<double>()]),
            new(network, "value", Numbers(Layer(network, training: false))),
            .. own.Where(p => !p.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                .Select(p => new LayerValues(network, p.Key, Numbers(p.Value.requires_grad ? p.Value.grad! : p.Value))),
        ];
    }

    static double[] Numbers(Tensor values) => [.. values.detach().contiguous().data<double>()];

    Tensor Layer(string network, bool training)
    {
        var x = Of(network, "images.weight").t().reshape(
            ReplayedLayers.Batch, ReplayedLayers.Channels, ReplayedLayers.Height, ReplayedLayers.Width);
        return network switch
        {
            "conv" => F.conv2d(x, Weight(network, "conv1"), Bias(network, "conv1"), [2, 2], [1, 1]),
            "dilated" => F.conv2d(x, Weight(network, "conv1"), null, [1, 1], [1, 1], [3, 3]),
            "up" => F.conv_transpose2d(x, Weight(network, "convtranspose1"), Bias(network, "convtranspose1"), [2, 2], [1, 1], [1, 1]),
            "up_dilated" => F.conv_transpose2d(x, Weight(network, "convtranspose1"), null, [3, 3], dilation: [2, 2]),
            "average" => F.avg_pool2d(x, [2, 2]),
            "largest" => F.max_pool2d(x, [2, 2]),
            "larger" => F.interpolate(x, scale_factor: [2, 2]),
            "channelwise" => BatchNorm(network, x, training, 0.3, 0.01),
            "featurewise" => BatchNorm(network, x.flatten(1), training, 0.1, 1e-5),
            "instance" => F.instance_norm(x, weight: Weight(network, "instancenorm1"), bias: Bias(network, "instancenorm1"), eps: 0.03),
            "grouped" => F.group_norm(x, 2, Weight(network, "groupnorm1"), Bias(network, "groupnorm1"), 0.04),
            "layered" => F.layer_norm(x, [.. x.shape[1..]], Weight(network, "layernorm1"), Bias(network, "layernorm1"), 0.05),
            // PyTorch has no maxout: unit u is the largest of the rows u, u + 3, u + 6 and u + 9 of one linear layer.
            "pieces" => F.linear(x.flatten(1), Weight(network, "maxout1"), Bias(network, "maxout1")).reshape(-1, 4, 3).amax([1]),
            "turned" => x.permute(0, 3, 1, 2),
            _ => throw new ArgumentOutOfRangeException(nameof(network), network, "Nobody has written this layer in TorchSharp."),
        };
    }

    Tensor BatchNorm(string network, Tensor x, bool training, double momentum, double epsilon) => F.batch_norm(
        x, Of(network, "batchnorm1.running_mean"), Of(network, "batchnorm1.running_var"), Weight(network, "batchnorm1"),
        Bias(network, "batchnorm1"), training, momentum, epsilon);

    Tensor Weight(string network, string layer) => Of(network, layer + ".weight");

    Tensor Bias(string network, string layer) => Of(network, layer + ".bias");

    Tensor Of(string network, string name) => parameters[$"{network}.{name}"];
}
