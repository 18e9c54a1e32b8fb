using Zoo.Runtime;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Variants;

/// <summary>
/// Adversarial variational Bayes where the answer is known: an encoder that happens to be Gaussian, q(z|x) = N(m, s²), and a T that can
/// be log q(z|x) − log p(z), quadratic in z with coefficients for each of three points x.
/// </summary>
public sealed class AdversarialVariationalBayesTests
{
    const int Points = 3, Latent = 2, Batch = 240, Many = 60_000;

    // By point and dimension.
    static readonly float[] Means = [0.9f, -0.4f, -0.7f, 0.2f, 0.1f, 1.1f];
    static readonly float[] LogVariances = [-0.6f, 0.3f, -1.2f, -0.2f, 0.4f, -0.8f];

    static string Declaration(string returned, string type) => $$"""
        using Zoo;

        [AdversarialVariationalBayes(Input = [3], Batch = 240)]
        [Sgd(LearningRate = 1f, Phase = "autoencoder")]
        [Adam(LearningRate = 5e-2f, Phase = "discriminator")]
        public partial class M
        {
            static {{type}} Encoder(Tensor x, Noise n)
            {
                var (m, v) = (x.Dense(2, bias: false, name: "m"), x.Dense(2, bias: false, name: "v"));
                var z = m + (0.5f * v).Exp() * n.Normal(2, name: "noise");
                return {{returned}};
            }

            static Bernoulli Decoder(Tensor z) => new(z.Dense(3));

            static Tensor Discriminator(Tensor x, Tensor z) =>
                (x.Dense(2) * z + x.Dense(2) * z.Square()).Sum() + x.Dense(1, name: "c");
        }

        public static class Calls
        {
            public static float[] Evaluate(M m, float[] x)
            {
                var losses = m.Evaluate(x);
                return [losses.Reconstruction, losses.Divergence, losses.Elbo, losses.Discriminator];
            }
        }
        """;

    static readonly string Plain = Declaration("z", "Tensor");
    static readonly string Contrasted = Declaration("(z, new(m, v))", "(Tensor Z, Gaussian R)");

    delegate void JudgePairs(ReadOnlySpan<float> x, ReadOnlySpan<float> z, Span<float> values);

    static float[] Rows(int count) => [.. Enumerable.Range(0, count * Points).Select(i => i % Points == i / Points % Points ? 1f : 0f)];

    static IGenerativeModel Create(CompiledModels compiled)
    {
        var model = compiled.Create("M", 3, Device.Cpu);
        // Weights lie [out, in].
        model.Parameters["encoder.m.weight"].CopyFrom(Turned(Means));
        model.Parameters["encoder.v.weight"].CopyFrom(Turned(LogVariances));
        return model;
    }

    static float[] Turned(float[] byPoint) =>
        [.. Enumerable.Range(0, byPoint.Length).Select(i => byPoint[i % Points * Latent + i / Points])];

    static float[] Evaluate(CompiledModels compiled, IGenerativeModel model) =>
        (float[])compiled.Type("Calls").GetMethod("Evaluate")!.Invoke(null, [model, Rows(Many)])!;

    /// <summary>½ Σ (m² + s² − log s² − 1), the mean of the points'.</summary>
    static double ClosedForm { get; } = Means.Zip(LogVariances, (m, v) => 0.5 * (m * m + Math.Exp(v) - v - 1)).Sum() / Points;

    /// <summary>T alone learns, the encoder stays: logistic regression, whose one optimum is known.</summary>
    static void TrainDiscriminator(IGenerativeModel model, int steps)
    {
        var engine = PhasedSteps.Engine(model);
        var rows = Rows(Batch);
        for (var step = 0; step < steps; step++)
        {
            model.Hyperparameters["discriminator:learning_rate"] = 5e-2f * (1 - (float)step / steps);
            engine.Gradients(0, new Inputs(rows, Points));
            engine.Update(0);
        }
    }

    [Fact]
    public void AtItsBestTIsTheRatioAndItsMeanTheClosedForm()
    {
        using var compiled = new CompiledModels([Plain]);
        using var model = Create(compiled);
        var before = Evaluate(compiled, model);
        Assert.True(Math.Abs(before[1] - ClosedForm) > 0.3, $"{before[1]} is {ClosedForm} before anything is learned");
        TrainDiscriminator(model, 4000);
        var after = Evaluate(compiled, model);
        Assert.Equal(ClosedForm, after[1], 0.03);
        Assert.Equal(after[0] - after[1], after[2], 1e-4);

        // Not on average alone: everywhere where the codes are.
        var random = new System.Random(1);
        float[] x = Rows(300), z = [.. Enumerable.Range(0, 300 * Latent).Select(_ => 2.4f * random.NextSingle() - 1.2f)];
        var values = new float[300];
        InferenceTests.Method<JudgePairs>(model, "Discriminate")(x, z, values);
        for (var row = 0; row < 300; row++)
        {
            var ratio = 0.0;
            for (var i = 0; i < Latent; i++)
            {
                var (m, v, code) = (Means[row % Points * Latent + i], LogVariances[row % Points * Latent + i], z[row * Latent + i]);
                ratio += 0.5 * (code * code - (code - m) * (code - m) / Math.Exp(v) - v);
            }
            Assert.Equal(ratio, values[row], 0.25);
        }
    }

    /// <summary>Normalised codes are N(0, I): T has nothing to tell, and what is left is the closed form's own average.</summary>
    [Fact]
    public void WithAContrastThatIsThePosteriorTGoesToZero()
    {
        using var compiled = new CompiledModels([Contrasted]);
        using var model = Create(compiled);
        double LargestOfT() => model.Parameters.Where(p => p.Name.StartsWith("discriminator.", StringComparison.Ordinal))
            .Max(p => PhasedSteps.Values(p).Max(Math.Abs));
        Assert.True(LargestOfT() > 0.3);
        TrainDiscriminator(model, 4000);
        // c, and the bias beside each coefficient, add up to what a point has; a constant may move from one to the other.
        var (weights, total) = (model.Parameters, 0.0);
        foreach (var layer in (string[])["dense1", "dense2", "c"])
        {
            var (weight, bias) = (PhasedSteps.Values(weights[$"discriminator.{layer}.weight"]),
                PhasedSteps.Values(weights[$"discriminator.{layer}.bias"]));
            total = weight.Select((w, i) => (double)Math.Abs(w + bias[i / Points])).Append(total).Max();
        }
        Assert.InRange(total, 0, 0.05);
        var after = Evaluate(compiled, model);
        Assert.Equal(2 * Math.Log(2), after[3], 0.003);
        // The draws' own error: the ratio's deviation is below 1.5, over the root of 60,000.
        Assert.Equal(ClosedForm, after[1], 0.03);
    }

    /// <summary>
    /// With T = 0 and a decoder that sees no code the bound's gradient for m is that of the divergence: z − (z − m) = m where no gradient
    /// passes through the contrast's moments, exactly; the mean of z, which the draws have moved, where one does.
    /// </summary>
    [Fact]
    public void NoGradientPassesThroughTheContrast()
    {
        using var compiled = new CompiledModels([Contrasted]);
        using var model = Create(compiled);
        foreach (var parameter in model.Parameters.Where(p => !p.Name.StartsWith("encoder.", StringComparison.Ordinal)))
            parameter.CopyFrom(new float[parameter.Length]);
        model.Parameters["encoder.v.weight"].CopyFrom(new float[Latent * Points]);
        PhasedSteps.Engine(model).Gradients(1, new Inputs(Rows(Batch), Points));
        var gradient = new float[Latent * Points];
        model.Parameters["encoder.m.weight"].CopyGradientTo(gradient);
        foreach (var (expected, actual) in Turned(Means).Zip(gradient)) Assert.Equal(expected / Points, actual, 1e-5);
    }

    /// <summary>Each phase moves its own networks, to the bit, whatever it reads of the others'.</summary>
    [Theory]
    [InlineData("avb")]
    [InlineData("avb with a contrast")]
    public void APhaseMovesItsOwnNetworksAlone(string name)
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All[name]]);
        using var model = compiled.Create("M", 3, Device.Cpu);
        var (engine, batch) = (PhasedSteps.Engine(model), TrainingBatch.Of(compiled.Traces["M"], 1));
        foreach (var (phase, moved) in ((int, string[])[])[(0, ["discriminator"]), (1, ["encoder", "decoder"])])
        {
            var before = model.Parameters.ToDictionary(p => p.Name, PhasedSteps.Values);
            engine.Gradients(phase, batch.Inputs(engine));
            engine.Update(phase);
            foreach (var parameter in model.Parameters)
            {
                var isMoved = moved.Contains(parameter.Name.Split('.')[0]);
                Assert.Equal(isMoved, !before[parameter.Name].SequenceEqual(PhasedSteps.Values(parameter)));
            }
        }
    }

    /// <summary>Moments of the batch are those of the batch: a code's own moments are none of its neighbours' affair otherwise.</summary>
    [Fact]
    public void ABatchOfMomentsIsEvaluatedWholeAndCodesAreTheirOwnRows()
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All["avb with a contrast"], """
            public static class Calls
            {
                public static float Evaluate(M m, float[] x) => m.Evaluate(x).Elbo;
            }
            """]);
        using var model = compiled.Create("M", 3, Device.Cpu);
        object? Evaluated(int rows) => compiled.Type("Calls").GetMethod("Evaluate")!.Invoke(null, [model, new float[rows * 3]]);
        Assert.True(float.IsFinite((float)Evaluated(12)!));
        var refused = Assert.IsType<ArgumentException>(
            Assert.Throws<System.Reflection.TargetInvocationException>(() => Evaluated(7)).InnerException);
        Assert.Contains("6", refused.Message, StringComparison.Ordinal);
        float[] x = [.. Enumerable.Range(0, 9 * 3).Select(i => i % 5 / 5f)], all = new float[9 * 2], few = new float[4 * 2];
        var encode = InferenceTests.Method<EncodeDrawn>(model, "Encode");
        encode(8, x, all);
        encode(8, x.AsSpan(0, 4 * 3), few);
        Assert.Equal(all[..8], few);
    }

    delegate void EncodeDrawn(ulong seed, ReadOnlySpan<float> x, Span<float> z);
}
