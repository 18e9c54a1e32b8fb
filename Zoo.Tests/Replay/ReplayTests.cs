using System.Globalization;
using Zoo.Models;
using Zoo.Runtime;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Replay;

/// <summary>
/// 100 steps of the generated class against a golden of TorchSharp's losses on the same weights, batches and draws: forward, backward and
/// Adam of a whole training run, against somebody else's, at every vector width (512 bits in two halves where the processor has none;
/// scalar code for fewer steps).
/// </summary>
public class ReplayTests
{
    const double Relative = 1e-4;

    [Theory]
    [InlineData(1, VectorWidth.Bits512, 100)]
    [InlineData(2, VectorWidth.Bits512, 100)]
    [InlineData(2, VectorWidth.Bits256, 100)]
    [InlineData(2, VectorWidth.Bits128, 100)]
    [InlineData(2, VectorWidth.Scalar, 10)]
    public void StepsAgreeWithTorchSharp(int threads, VectorWidth width, int steps)
    {
        var golden = Lines("torchsharp.csv").Where(line => !line.StartsWith('#')).Skip(1)
            .Select(line => line.Split(',').Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
        Assert.Equal(100, golden.Count);
        using var images = Open("train-images-idx3-ubyte.gz");
        using var labels = Open("train-labels-idx1-ubyte.gz");
        var set = ImageSet.Load(images, labels, "embedded");
        using var device = SharedWork.Among(threads, width);
        using var vae = new FashionVae(seed: 1, device);
        var batch = new float[vae.BatchSize * set.ExampleSize];
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < vae.BatchSize; i++) set.CopyExample((step * vae.BatchSize + i) % set.Count, batch.AsSpan(i * set.ExampleSize, set.ExampleSize));
            var losses = vae.Step(batch);
            Close(step, "reconstruction", golden[step][0], losses.Reconstruction);
            Close(step, "divergence", golden[step][1], losses.Divergence);
        }
    }

    static void Close(int step, string loss, double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= Relative * Math.Abs(expected), string.Create(CultureInfo.InvariantCulture, $"step {step}: {loss} {actual:R}, TorchSharp has {expected:R}"));

    static IEnumerable<string> Lines(string resource)
    {
        using var reader = new StreamReader(Open(resource));
        while (reader.ReadLine() is { } line) yield return line;
    }

    static Stream Open(string resource) =>
        typeof(ReplayTests).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The test assembly was built without its resource {resource}.");
}
