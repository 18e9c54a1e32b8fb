using Zoo.Benchmarks.Replay;
using Zoo.Models;
using Zoo.Runtime;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Replay;

/// <summary>
/// Steps of generated classes against goldens of TorchSharp's losses on the same weights, batches and draws: forward, backward and
/// update of a whole training run, against somebody else's, at every vector width (512 bits in two halves where the processor has none;
/// scalar code
/// for fewer steps).
/// </summary>
public class ReplayTests
{
    [Theory]
    [InlineData(nameof(FashionVae), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(FashionVae), 2, VectorWidth.Bits512, 100)]
    [InlineData(nameof(FashionVae), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(FashionVae), 2, VectorWidth.Bits128, 100)]
    [InlineData(nameof(FashionVae), 2, VectorWidth.Scalar, 10)]
    [InlineData(nameof(FashionConditionalVae), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(FashionConditionalVae), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(FashionConditionalVae), 2, VectorWidth.Bits128, 30)]
    [InlineData(nameof(FashionConditionalVae), 2, VectorWidth.Scalar, 5)]
    [InlineData(nameof(FashionQuadrantVae), 2, VectorWidth.Bits512, 50)]
    [InlineData(nameof(FashionQuadrantVae), 2, VectorWidth.Scalar, 3)]
    [InlineData(nameof(SoftQuadrantVae), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(SoftQuadrantVae), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(SoftQuadrantVae), 2, VectorWidth.Bits128, 50)]
    [InlineData(nameof(SoftQuadrantVae), 2, VectorWidth.Scalar, 5)]
    [InlineData(nameof(SmallConvolutionalVae), 1, VectorWidth.Bits512, 40)]
    [InlineData(nameof(SmallConvolutionalVae), 2, VectorWidth.Bits256, 40)]
    [InlineData(nameof(SmoothConvolutionalVae), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(SmoothConvolutionalVae), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(SmoothConvolutionalVae), 2, VectorWidth.Bits128, 30)]
    [InlineData(nameof(SmoothConvolutionalVae), 2, VectorWidth.Scalar, 3)]
    [InlineData(nameof(SmallDcgan), 1, VectorWidth.Bits512, 30)]
    [InlineData(nameof(SmallDcgan), 2, VectorWidth.Bits256, 30)]
    [InlineData(nameof(SmoothDcgan), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(SmoothDcgan), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(SmoothDcgan), 2, VectorWidth.Bits128, 30)]
    [InlineData(nameof(SmoothDcgan), 2, VectorWidth.Scalar, 3)]
    [InlineData(nameof(RingGan), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(RingGan), 2, VectorWidth.Bits512, 100)]
    [InlineData(nameof(RingGan), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(RingGan), 2, VectorWidth.Bits128, 100)]
    [InlineData(nameof(RingGan), 2, VectorWidth.Scalar, 10)]
    [InlineData(nameof(MinimaxGan), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(MinimaxGan), 2, VectorWidth.Bits512, 100)]
    [InlineData(nameof(MinimaxGan), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(MinimaxGan), 2, VectorWidth.Bits128, 100)]
    [InlineData(nameof(MinimaxGan), 2, VectorWidth.Scalar, 10)]
    [InlineData(nameof(PenalisedWgan), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(PenalisedWgan), 2, VectorWidth.Bits512, 100)]
    [InlineData(nameof(PenalisedWgan), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(PenalisedWgan), 2, VectorWidth.Bits128, 100)]
    [InlineData(nameof(PenalisedWgan), 2, VectorWidth.Scalar, 10)]
    [InlineData(nameof(SmoothEbgan), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(SmoothEbgan), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(SmoothEbgan), 2, VectorWidth.Bits128, 100)]
    [InlineData(nameof(SmoothEbgan), 2, VectorWidth.Scalar, 10)]
    [InlineData(nameof(SmoothAli), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(SmoothAli), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(SmoothAli), 2, VectorWidth.Bits128, 100)]
    [InlineData(nameof(SmoothAli), 2, VectorWidth.Scalar, 10)]
    [InlineData(nameof(FourPointsAvb), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(FourPointsAvb), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(FourPointsAvb), 2, VectorWidth.Bits128, 100)]
    [InlineData(nameof(FourPointsAvb), 2, VectorWidth.Scalar, 20)]
    [InlineData(nameof(SmoothAvb), 2, VectorWidth.Bits512, 100)]
    [InlineData(nameof(SmoothAvb), 1, VectorWidth.Bits256, 100)]
    [InlineData(nameof(SmoothAvb), 2, VectorWidth.Bits128, 50)]
    [InlineData(nameof(SmoothAvb), 2, VectorWidth.Scalar, 5)]
    [InlineData(nameof(ClippedWgan), 2, VectorWidth.Bits256, 10)]
    [InlineData(nameof(SmallMixtureAae), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(SmallMixtureAae), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(SmallMixtureAae), 2, VectorWidth.Bits128, 50)]
    [InlineData(nameof(SmallMixtureAae), 2, VectorWidth.Scalar, 10)]
    [InlineData(nameof(SmallSemiSupervisedAae), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(SmallSemiSupervisedAae), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(SmallSemiSupervisedAae), 2, VectorWidth.Bits128, 50)]
    [InlineData(nameof(SmallSemiSupervisedAae), 2, VectorWidth.Scalar, 10)]
    public void StepsAgreeWithTorchSharp(string name, int threads, VectorWidth width, int steps)
    {
        var model = ReplayedModel.All.Single(m => m.Name == name);
        var golden = Golden(name);
        var statistics = Statistics(name);
        Assert.Equal(model.Steps, golden.Losses.Count);
        using var device = SharedWork.Among(threads, width);
        using var ours = model.Create(device);
        Assert.Equal(golden.LossNames, ours.LossNames.ToArray());
        Assert.Equal(
            from parameter in ours.Parameters
            where !parameter.IsTrained
            from moment in ReplayedStatistic.Moments
            where moment <= model.Steps
            orderby (moment, parameter.Name)
            select (moment, parameter.Name),
            statistics.Select(s => (s.Steps, s.Name)).Order());
        var (batch, losses) = (model.Room(ours.BatchSize), new float[ours.LossNames.Length]);
        for (var step = 0; step < steps; step++)
        {
            model.FillBatch(step, batch);
            batch.Step(ours, losses);
            for (var i = 0; i < losses.Length; i++)
            {
                var expected = golden.Losses[step][i];
                Assert.True(
                    expected.Deviation(losses[i]) <= ReplayedModel.Tolerance,
                    FormattableString.Invariant($"step {step}: {golden.LossNames[i]} {losses[i]:R}, TorchSharp has {expected}"));
            }
            foreach (var expected in statistics.Where(s => s.Steps == step + 1))
            {
                var actual = new float[ours.Parameters[expected.Name].Length];
                ours.Parameters[expected.Name].CopyTo(actual);
                Assert.True(
                    expected.Deviation(actual) <= ReplayedModel.Tolerance,
                    $"after {expected.Steps} steps: {expected.Name} [{string.Join(", ", actual)}], TorchSharp has "
                        + $"[{string.Join(", ", expected.Values)}]");
            }
        }
    }

    /// <summary>Models of the size that people train, some of them for as many steps as nothing amplifies rounding.</summary>
    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(nameof(FashionGan), 1, VectorWidth.Bits512, 10)]
    [InlineData(nameof(FashionGan), 2, VectorWidth.Bits256, 10)]
    [InlineData(nameof(FashionGan), 2, VectorWidth.Bits128, 10)]
    [InlineData(nameof(FashionGan), 2, VectorWidth.Scalar, 3)]
    [InlineData(nameof(ClippedWgan), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(ClippedWgan), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(ClippedWgan), 2, VectorWidth.Bits128, 20)]
    [InlineData(nameof(ClippedWgan), 2, VectorWidth.Scalar, 5)]
    [InlineData(nameof(GridWgan), 1, VectorWidth.Bits512, 20)]
    [InlineData(nameof(GridWgan), 2, VectorWidth.Bits256, 20)]
    [InlineData(nameof(GridWgan), 2, VectorWidth.Bits128, 10)]
    [InlineData(nameof(GridWgan), 2, VectorWidth.Scalar, 5)]
    [InlineData(nameof(FashionEbgan), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(FashionEbgan), 2, VectorWidth.Bits256, 100)]
    [InlineData(nameof(FashionEbgan), 2, VectorWidth.Bits128, 20)]
    [InlineData(nameof(FashionEbgan), 2, VectorWidth.Scalar, 5)]
    [InlineData(nameof(MixtureBiGan), 1, VectorWidth.Bits512, 100)]
    [InlineData(nameof(MixtureBiGan), 2, VectorWidth.Bits256, 60)]
    [InlineData(nameof(FashionBiGan), 2, VectorWidth.Bits512, 100)]
    [InlineData(nameof(FashionBiGan), 1, VectorWidth.Bits256, 30)]
    [InlineData(nameof(FashionAvb), 1, VectorWidth.Bits512, 40)]
    [InlineData(nameof(FashionAvb), 2, VectorWidth.Bits256, 10)]
    [InlineData(nameof(FashionBiGan), 2, VectorWidth.Bits128, 10)]
    public void LargeModelsAgreeWithTorchSharp(string name, int threads, VectorWidth width, int steps) =>
        StepsAgreeWithTorchSharp(name, threads, width, steps);

    static ReplayGolden Golden(string name)
    {
        using var reader = Open($"{name}.csv") ?? throw new InvalidOperationException($"There is no golden of {name}.");
        return ReplayGolden.Read(reader);
    }

    /// <summary>Running statistics; none for models that have none.</summary>
    static IReadOnlyList<ReplayedStatistic> Statistics(string name)
    {
        using var reader = Open($"{name}.Statistics.csv");
        return reader is null ? [] : ReplayedStatistic.Read(reader);
    }

    static StreamReader? Open(string file) =>
        typeof(ReplayTests).Assembly.GetManifestResourceStream($"Replay/{file}") is { } stream ? new(stream) : null;
}
