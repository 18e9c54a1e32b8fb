using Zoo.Benchmarks.Replay;
using Zoo.Runtime;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Replay;

/// <summary>
/// Each layer of images against a golden of TorchSharp's own, from the same weights: loss and gradients in training, running statistics,
/// and what the layer makes of the images afterwards.
/// </summary>
public class LayerGoldenTests
{
    [Theory]
    [InlineData(VectorWidth.Bits512)]
    [InlineData(VectorWidth.Bits256)]
    [InlineData(VectorWidth.Bits128)]
    [InlineData(VectorWidth.Scalar)]
    public void LayersAgreeWithTorchSharp(VectorWidth width)
    {
        using var stream = typeof(LayerGoldenTests).Assembly.GetManifestResourceStream("Replay/Layers.csv")!;
        using var reader = new StreamReader(stream);
        var golden = LayerValues.Read(reader);
        using var device = SharedWork.Among(2, width);
        using var model = new ReplayedLayers(seed: 1, device);
        // A value and a loss of each, and each parameter but the counters.
        Assert.Equal(
            LayerComparison.All.SelectMany(layer => (string[])[$"{layer.Network} loss", $"{layer.Network} value"])
                .Concat(model.Parameters.Where(p => p.Shape.Length > 0).Select(p => $"{p.Name.Split('.')[0]} {p.Name}")).Order(),
            golden.Select(values => $"{values.Network} {values.What}").Order());
        LayerValues.Begin(model);
        Assert.All(golden.Zip(LayerComparison.Own(model, golden)), pair =>
        {
            var (expected, actual) = pair;
            Assert.True(
                expected.Deviation(actual) <= LayerValues.Tolerance,
                $"{expected.Network} {expected.What}: [{string.Join(", ", actual)}], TorchSharp has "
                    + $"[{string.Join(", ", expected.Values)}]");
        });
    }
}
