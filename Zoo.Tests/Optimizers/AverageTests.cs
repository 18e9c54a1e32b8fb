using Zoo.Tests.Engines;
using Zoo.Tests.Gpu;

namespace Zoo.Tests.Optimizers;

/// <summary>
/// Averages of weights beside those that plain code makes of the weights after each step, and what reads them: everything but training.
/// </summary>
[Collection(PoclCollection.Name)]
public sealed class AverageTests(PoclDevice pocl)
{
    const string Source = """
        using Zoo;

        [Vae(Input = [6], Batch = 4)]
        [Adam(LearningRate = 0.05f)]ATTRIBUTE
        public partial class Smooth
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2), x.Dense(2));
            static Bernoulli Decoder(Tensor z) => new(z.Dense(7).BatchNorm().Tanh().Dense(6));
        }

        [WassersteinGan(Input = [3], Latent = [2], Batch = 4, CriticSteps = 2)]
        [RmsProp(LearningRate = 0.01f)]ATTRIBUTE
        public partial class Clipped
        {
            static Tensor Generator(Tensor z) => z.Dense(5).Tanh().Dense(3);
            static Tensor Critic(Tensor x) => x.Dense(5).Tanh().Dense(1);
        }
        """;

    const double Decay = 0.75;

    static CompiledModels Compiled(bool averages, bool hasGpu = false) => new(
        [Source.Replace("ATTRIBUTE", averages ? "\n[ExponentialMovingAverage(Decay = 0.75f)]" : "", StringComparison.Ordinal)],
        hasGpu: hasGpu);

    static float[] Examples(int seed, int count)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }

    static void Step(IGenerativeModel model, int seed) =>
        model.Step(Examples(seed, model.BatchSize * (model.GetType().Name == "Smooth" ? 6 : 3)), [], [], new float[model.LossNames.Length]);

    static Dictionary<string, float[]> Copies(IGenerativeModel model, bool averages = false) =>
        model.Parameters.ToDictionary(p => p.Name, p =>
        {
            var values = new float[p.Length];
            if (averages) p.CopyAverageTo(values);
            else p.CopyTo(values);
            return values;
        });

    delegate void Draw(ulong seed, Span<float> samples);

    static float[] Samples(IGenerativeModel model)
    {
        var samples = new float[5 * (model.GetType().Name == "Smooth" ? 6 : 3)];
        InferenceTests.Method<Draw>(model, "Sample")(9, samples);
        return samples;
    }

    /// <summary>After each update of a phase, of what it trains, clipping included; at the phase's first the weight itself.</summary>
    [Theory]
    [InlineData("Smooth")]
    [InlineData("Clipped")]
    public void TheyAreThoseOfPlainCode(string name)
    {
        using var compiled = Compiled(averages: true);
        using var model = compiled.Create(name, 3, Device.Cpu);
        Assert.Equal(Copies(model), Copies(model, averages: true));
        var expected = Copies(model).ToDictionary(p => p.Key, p => Array.ConvertAll(p.Value, w => (double)w));
        var begun = new HashSet<string>();
        for (var step = 0; step < 7; step++)
        {
            // The critic moves at every step, the generator at every second.
            var isDue = step % 2 == 1 || name == "Smooth";
            Step(model, step);
            foreach (var (parameter, weights) in Copies(model))
            {
                if (parameter.StartsWith("generator.", StringComparison.Ordinal) && !isDue) continue;
                expected[parameter] = begun.Add(parameter) || !model.Parameters[parameter].IsTrained
                    ? Array.ConvertAll(weights, w => (double)w)
                    : [.. expected[parameter].Zip(weights, (a, w) => Decay * a + (1 - Decay) * w)];
            }
            foreach (var (parameter, average) in Copies(model, averages: true))
                for (var i = 0; i < average.Length; i++)
                    Assert.True(Math.Abs(expected[parameter][i] - average[i]) < 2e-6,
                        $"step {step}, {parameter}[{i}]: expected {expected[parameter][i]}, got {average[i]}");
        }
        Assert.Contains(Copies(model), p => p.Value.Zip(expected[p.Key], (w, a) => Math.Abs(w - a)).Max() > 1e-3);
    }

    /// <summary>Samples are those of a model whose weights are the averages, and training is that of one without, to the bit.</summary>
    [Theory]
    [InlineData("Smooth")]
    [InlineData("Clipped")]
    public void SamplesReadThemAndTrainingDoesNot(string name)
    {
        using var with = Compiled(averages: true);
        using var without = Compiled(averages: false);
        using var model = with.Create(name, 3, Device.Cpu);
        using var plain = without.Create(name, 3, Device.Cpu);
        for (var step = 0; step < 5; step++)
        {
            Step(model, step);
            Step(plain, step);
        }
        Assert.Equal(Copies(plain), Copies(model));
        Assert.Equal(Copies(plain), Copies(plain, averages: true));
        Assert.NotEqual(Samples(plain), Samples(model));
        foreach (var (parameter, average) in Copies(model, averages: true)) plain.Parameters[parameter].CopyFrom(average);
        Assert.Equal(Samples(plain), Samples(model));
    }

    /// <summary>A checkpoint has them, and a run goes on to the bit; a file of weights alone begins them anew.</summary>
    [Fact]
    public void TheyAreSavedUnderTheirOwnName()
    {
        using var compiled = Compiled(averages: true);
        using var plain = Compiled(averages: false);
        using var model = compiled.Create("Clipped", 3, Device.Cpu);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            for (var step = 0; step < 3; step++) Step(model, step);
            model.Hyperparameters["average_decay"] = 0.5f;
            model.Save(path);
            Assert.Contains("state.average.generator.dense1.weight", File.ReadAllText(path), StringComparison.Ordinal);
            using var resumed = compiled.Load("Clipped", path);
            Assert.Equal(Copies(model, averages: true), Copies(resumed, averages: true));
            for (var step = 3; step < 6; step++)
            {
                Step(model, step);
                Step(resumed, step);
            }
            Assert.Equal(Copies(model, averages: true), Copies(resumed, averages: true));
            var weightsAlone = compiled.Type("Clipped").GetMethod("Load", [typeof(string), typeof(CheckpointOptions), typeof(Device)])!;
            using var begun = (IGenerativeModel)weightsAlone.Invoke(null, [path, new CheckpointOptions { ParametersOnly = true }, null])!;
            Assert.NotEqual(Copies(begun), Copies(resumed, averages: true));
            Assert.Equal(Copies(begun), Copies(begun, averages: true));
            var refusal = Assert.ThrowsAny<Exception>(() => plain.Load("Clipped", path));
            Assert.Contains("[ExponentialMovingAverage]", (refusal.InnerException ?? refusal).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
        model.Parameters["generator.dense1.bias"].CopyFrom([1, 2, 3, 4, 5]);
        Assert.Equal([1, 2, 3, 4, 5], Copies(model, averages: true)["generator.dense1.bias"]);
        Assert.Throws<ArgumentException>(() => model.Parameters["generator.dense1.bias"].CopyAverageTo(new float[4]));
        Assert.Throws<ArgumentException>(() => model.Hyperparameters["average_decay"] = 1);
    }

    [PoclFact]
    public void OnPoclTheyAreTheProcessors()
    {
        using var compiled = Compiled(averages: true, hasGpu: true);
        using var expected = compiled.Create("Clipped", 3, Device.Cpu);
        using var actual = compiled.Create("Clipped", 3, pocl.Device);
        Near(Samples(expected), Samples(actual));
        for (var step = 0; step < 4; step++)
        {
            Step(expected, step);
            Step(actual, step);
        }
        Near(Samples(expected), Samples(actual));
        foreach (var (parameter, average) in Copies(expected, averages: true)) Near(average, Copies(actual, averages: true)[parameter]);

        static void Near(float[] expected, float[] actual) =>
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
    }
}
