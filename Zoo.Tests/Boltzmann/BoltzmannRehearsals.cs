using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Training;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Boltzmann;

/// <summary>
/// What machines come to when they are trained as published: minutes together, so only with ZOO_REHEARSAL=1. The numbers are in
/// docs/results.md.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class BoltzmannRehearsals(Xunit.Abstractions.ITestOutputHelper output)
{
    static bool IsAsked => Environment.GetEnvironmentVariable("ZOO_REHEARSAL") == "1";

    /// <summary>Learning rates in a straight line to 0, epoch after epoch in a new order.</summary>
    static void Train(IGenerativeModel model, float[] data, int size, int epochs, ulong seed)
    {
        var rates = new LearningRates(model);
        using var batches = new FloatBatches(data, size, model.BatchSize, seed);
        var (steps, losses) = ((long)epochs * batches.BatchesPerEpoch, new float[2]);
        for (var step = 0L; step < steps; step++)
        {
            rates.Decay(step, steps);
            model.Step(batches.Next().Examples, default, default, losses);
        }
    }

    static string Source(string name, int side, string more) =>
        $"using Zoo;\n[RestrictedBoltzmannMachine(Input = [{side * side}], Hidden = 16, Batch = {2 << side}, Persistent = true, "
            + $"Chains = 100{more})]\n[Sgd(LearningRate = 0.05f)]\npublic partial class {name};\n";

    delegate double Likelihood(ReadOnlySpan<float> v, Span<double> perRow);

    /// <summary>Total log-likelihood; a model that knew the data would have −41.589 on 3 × 3 and −108.131 on 4 × 4.</summary>
    [Fact]
    public void BarsAndStripesAreLearned()
    {
        if (!IsAsked) return;
        using var compiled = new CompiledModels(
            [Source("Centred3", 3, ", Centered = true"), Source("Plain3", 3, ""), Source("Centred4", 4, ", Centered = true"),
                Source("Plain4", 4, "")]);
        foreach (var (name, side) in new[] { ("Centred3", 3), ("Plain3", 3), ("Centred4", 4), ("Plain4", 4) })
            foreach (var isFlipped in (bool[])[false, true])
            {
                var data = ExampleSet.BarsAndStripes(side).Training.Select(v => isFlipped ? 1 - v : v).ToArray();
                double[] totals =
                [
                    .. Enumerable.Range(1, 5).Select(seed =>
                    {
                        using var model = compiled.Create(name, (ulong)seed, Device.Cpu);
                        Train(model, data, side * side, 30_000, (ulong)seed);
                        return (2 << side) * InferenceTests.Method<Likelihood>(model, "LogLikelihood")(data, default);
                    }).Order(),
                ];
                output.WriteLine($"{name}{(isFlipped ? ", flipped" : "")}: {string.Join(' ', totals.Select(t => $"{t:F2}"))}");
                if (side == 3) Assert.InRange(totals[2], -55, -41.589);
            }
    }

    /// <summary>Published for this machine: −2.7412 on training and −2.7362 on test points of another draw, log Z 1.4042.</summary>
    [Fact]
    public void LaplaceSourcesAreFound()
    {
        if (!IsAsked) return;
        var data = ExampleSet.LaplaceMixture(100_000, 1);
        for (var seed = 1ul; seed <= 5; seed++)
        {
            using var model = new LaplaceRbm(seed, Device.Cpu);
            RareComponents.Set(model, seed);
            Train(model, data.Training, 2, 50, seed);
            double training = model.LogLikelihood(data.Training), test = model.LogLikelihood(data.Test), logZ = model.LogPartition();
            var (there, back) = (model.EstimateLogPartition(1, 100, 1000), model.EstimateLogPartition(1, 100, 1000, reverse: true));
            Assert.InRange(training, -2.7512, -2.7312);
            var deviations = Adversarial.PhasedSteps.Values(model.Parameters["visible_log_variance"]).Select(l => $"{Math.Exp(l / 2):F3}");
            output.WriteLine($"seed {seed}: training {training:F4}, test {test:F4}; log Z {logZ:F4}, AIS {there.LogPartition:F4} ± "
                + $"{there.Deviation:F4}, reverse {back.LogPartition:F4}; s {string.Join(' ', deviations)}");
        }
    }

    static string Classifier(int size) =>
        $"using Zoo;\n[Model(Input = [{size}], Batch = 100, Classes = 10)]\n[Adam(LearningRate = 0.05f)]\n"
            + $"public partial class Softmax{size}\n{{\n"
            + "    [Network] static Tensor Logits(Tensor x) => x.Dense(10);\n"
            + "    [Phase] static Tensor Loss(Tensor x, Tensor y) => -(y * Logits(x).LogSoftmax()).Sum();\n}\n";

    delegate void Logits(ReadOnlySpan<float> x, Span<float> value);

    /// <summary>
    /// scikit-learn's example: digits and their four shifts by a pixel, one fifth of them for the test. Published: pseudo-likelihoods from
    /// −25.39 to −20.09 in ten iterations, 0.93 of the test digits right by features and 0.78 by pixels.
    /// </summary>
    [Fact]
    public void FeaturesTellDigitsApart()
    {
        if (!IsAsked) return;
        var (images, labels) = DigitImages.Load();
        var shifted = new List<(float[] Image, int Label)>();
        foreach (var (down, right) in new[] { (0, 0), (0, 1), (0, -1), (1, 0), (-1, 0) })
            foreach (var (image, label) in images.Chunk(64).Zip(labels))
            {
                float Pixel(int row, int column) => row is >= 0 and < 8 && column is >= 0 and < 8 ? image[row * 8 + column] : 0;
                shifted.Add(([.. Enumerable.Range(0, 64).Select(i => Pixel(i / 8 + down, i % 8 + right))], label));
            }
        var all = shifted.ToArray();
        new System.Random(0).Shuffle(all);
        var count = all.Length * 4 / 5;
        float[] Images(IEnumerable<(float[] Image, int)> part) => [.. part.SelectMany(p => p.Image)];
        var (training, test) = (Images(all[..count]), Images(all[count..]));
        using var compiled = new CompiledModels([Classifier(64), Classifier(100)]);
        double Accuracy(float[] x, float[] y, int size)
        {
            using var model = compiled.Create($"Softmax{size}", 1, Device.Cpu);
            var (rates, random) = (new LearningRates(model), new System.Random(1));
            var (batch, classes, losses) = (new float[100 * size], new int[100], new float[1]);
            for (var step = 0; step < 40_000; step++)
            {
                rates.Decay(step, 40_000);
                for (var i = 0; i < 100; i++)
                {
                    var k = random.Next(count);
                    x.AsSpan(k * size, size).CopyTo(batch.AsSpan(i * size));
                    classes[i] = all[k].Label;
                }
                model.Step(batch, classes, default, losses);
            }
            var logits = new float[y.Length / size * 10];
            InferenceTests.Method<Logits>(model, "RunLogits")(y, logits);
            return logits.Chunk(10).Zip(all[count..]).Average(p => Array.IndexOf(p.First, p.First.Max()) == p.Second.Label ? 1.0 : 0);
        }

        using var machine = new DigitsRbm(1, Device.Cpu);
        using var batches = new FloatBatches(training, 64, 10, 1);
        var features = new List<string>();
        for (var epoch = 1; epoch <= 40; epoch++)
        {
            for (var i = 0; i < batches.BatchesPerEpoch; i++) machine.Train(batches.Next().Examples);
            if (epoch <= 10) output.WriteLine($"iteration {epoch}: log pseudo-likelihood {machine.PseudoLogLikelihood(1, training):F2}");
            if (epoch is not (10 or 40)) continue;
            float[] x = new float[count * 100], y = new float[test.Length / 64 * 100];
            machine.Encode(training, x);
            machine.Encode(test, y);
            features.Add($"{Accuracy(x, y, 100):F4} by features of {epoch} iterations");
        }
        output.WriteLine($"{string.Join(", ", features)}, {Accuracy(training, test, 64):F4} by pixels");
    }
}
