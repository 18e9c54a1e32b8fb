using Zoo.Tests.Engines;

namespace Zoo.Tests.State;

/// <summary>Biases from data's means, and first values that a class says for its layers.</summary>
public sealed class FirstBiasTests
{
    const string Source = """
        using Zoo;

        [Vae(Input = [2, 3, 4], Batch = 4)]
        [Initialisation(Weight = Init.HeNormal, Bias = Init.Zeros)]
        [Initialisation(Weight = Init.Normal, Gain = 0.02f, Bias = Init.Ones, For = nameof(Decoder))]
        public partial class Pixels
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Conv2d(3, 2).Relu().Flatten().Dense(5, weight: Init.Orthogonal, gain: 2f).Relu();
                return new(h.Dense(2, weight: Init.FanIn, firstBias: Init.FanIn), h.Dense(2, firstBias: Init.Halves));
            }

            static Bernoulli Decoder(Tensor z) => new(z.Dense(6, gain: 0.5f).Maxout(6, 2).Dense(24, weight: Init.Zeros).Reshape(2, 3, 4));
        }

        [Vae(Input = [2, 3, 4], Batch = 4)]
        public partial class Channels
        {
            static Gaussian Encoder(Tensor x) => new(x.Flatten().Dense(2), x.Flatten().Dense(2));

            static Gaussian Decoder(Tensor z) => new(z.Dense(12).Reshape(2, 2, 3).ConvTranspose2d(2, 2, weight: Init.Zeros), -1f);
        }
        """;

    [Fact]
    public void LayersBeginAsTheyOrTheirClassSay()
    {
        using var compiled = new CompiledModels([Source]);
        var first = compiled.Traces["Pixels"].Parameters.Select(p => (p.Name, p.Init, p.Gain));
        Assert.Equal(
            [
                ("encoder.conv1.weight", "HeNormal", 1f), ("encoder.conv1.bias", "Zeros", 1),
                ("encoder.dense1.weight", "Orthogonal", 2), ("encoder.dense1.bias", "Zeros", 1),
                ("encoder.dense2.weight", "FanIn", 1), ("encoder.dense2.bias", "FanIn", 1),
                ("encoder.dense3.weight", "HeNormal", 1), ("encoder.dense3.bias", "Halves", 1),
                ("decoder.dense1.weight", "Normal", 0.01f), ("decoder.dense1.bias", "Ones", 1),
                ("decoder.maxout1.weight", "Normal", 0.02f), ("decoder.maxout1.bias", "Ones", 1),
                ("decoder.dense2.weight", "Zeros", 1), ("decoder.dense2.bias", "Ones", 1),
            ],
            first);
        using var model = compiled.Create("Pixels", 1, Device.Cpu);
        var drawn = Values(model, "decoder.maxout1.weight");
        Assert.InRange(Math.Sqrt(drawn.Average(v => (double)v * v)), 0.015, 0.026);
        var rows = Values(model, "encoder.dense1.weight").Chunk(18).ToArray();
        Assert.Equal(4, rows[0].Sum(v => (double)v * v), 1e-5);
        Assert.Equal(0, rows[0].Zip(rows[4], (a, b) => (double)a * b).Sum(), 1e-5);
        Assert.Equal([0.5f, 0.5f], Values(model, "encoder.dense3.bias"));
    }

    /// <summary>Where the last weight is 0 a network gives its bias: the means of the data, pixel by pixel.</summary>
    [Fact]
    public void LogOddsOfMeansAreTheMeansBehindASigmoid()
    {
        using var compiled = new CompiledModels([Source]);
        using var model = compiled.Create("Pixels", 1, Device.Cpu);
        var random = new System.Random(5);
        float[] data = [.. Enumerable.Range(0, 24 * 40).Select(i => i % 24 == 7 ? 0 : random.NextSingle())];
        var bias = model.Parameters["decoder.dense2.bias"];
        bias.CopyLogOddsFrom(data, 24);
        var odds = Values(model, "decoder.dense2.bias");
        var samples = new float[2 * 24];
        InferenceTests.Method<Sample>(model, "Sample")(3, samples);
        for (var pixel = 0; pixel < 24; pixel++)
        {
            var sum = Enumerable.Range(0, 40).Sum(i => (double)data[i * 24 + pixel]);
            Assert.Equal((sum + 0.5) / 41, 1 / (1 + Math.Exp(-odds[pixel])), 1e-6);
            Assert.Equal((sum + 0.5) / 41, samples[pixel], 1e-6);
            Assert.Equal(samples[pixel], samples[24 + pixel]);
        }
    }

    [Fact]
    public void AConvolutionsBiasIsTheMeanOfItsChannel()
    {
        using var compiled = new CompiledModels([Source]);
        using var model = compiled.Create("Channels", 1, Device.Cpu);
        float[] data = [.. Enumerable.Range(0, 24 * 3).Select(i => (i / 12 % 2 == 0 ? 5 : -2) + i / 24)];
        model.Parameters["decoder.convtranspose1.bias"].CopyMeansFrom(data, 24);
        Assert.Equal([6f, -1], Values(model, "decoder.convtranspose1.bias"));
    }

    [Fact]
    public void DataThatDoesNotFitIsRefused()
    {
        using var compiled = new CompiledModels([Source]);
        using var model = compiled.Create("Pixels", 1, Device.Cpu);
        var bias = model.Parameters["decoder.dense2.bias"];
        Assert.Contains("24 elements", Refusal(() => bias.CopyMeansFrom(new float[36], 36)), StringComparison.Ordinal);
        Assert.Contains("24 elements", Refusal(() => bias.CopyMeansFrom(new float[36], 0)), StringComparison.Ordinal);
        Assert.Contains("at least one", Refusal(() => bias.CopyMeansFrom([], 24)), StringComparison.Ordinal);
        Assert.Contains("multiple of 24", Refusal(() => bias.CopyLogOddsFrom(new float[25], 24)), StringComparison.Ordinal);
        Assert.Contains("1.5", Refusal(() => bias.CopyLogOddsFrom([.. new float[23], 1.5f], 24)), StringComparison.Ordinal);
        Assert.Contains("NaN", Refusal(() => bias.CopyMeansFrom([.. new float[23], float.NaN], 24)), StringComparison.Ordinal);

        static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    delegate void Sample(ulong seed, Span<float> samples);

    static float[] Values(IGenerativeModel model, string name)
    {
        var values = new float[model.Parameters[name].Length];
        model.Parameters[name].CopyTo(values);
        return values;
    }
}
