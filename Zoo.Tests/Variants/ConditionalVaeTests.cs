using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Variants;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Variants;

/// <summary>
/// Conditional VAEs: members against the oracle, the divergence from a prior network, gradients, and what members refuse.
/// </summary>
public sealed class ConditionalVaeTests
{
    const string Labelled = "conditional vae", Conditioned = "conditional vae with a prior";

    // More than one chunk, and a last one that is not full.
    const int Rows = 67, Size = 3, Latent = 2;

    delegate void EncodeGiven<T>(ReadOnlySpan<float> x, ReadOnlySpan<T> y, Span<float> mean, Span<float> logVariance);

    delegate void OneResultGiven<T>(ReadOnlySpan<float> x, ReadOnlySpan<T> y, Span<float> mean);

    delegate void SampleGiven<T>(ulong seed, ReadOnlySpan<T> y, Span<float> x);

    delegate double LogLikelihoodGiven<T>(ReadOnlySpan<float> x, ReadOnlySpan<T> y, int samples, Span<double> perRow);

    static readonly float[] X = Numbers(Rows * Size, 1);

    static readonly int[] Labels = [.. Enumerable.Range(0, Rows).Select(i => i * i % 7 % 4)];

    static float[] Numbers(int count, int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }

    [Fact]
    public void MembersTakeLabels() => CompareMembers(Labelled, Labels, "labels");

    [Fact]
    public void MembersTakeAConditionAndAPriorNetworkSeesIt() => CompareMembers(Conditioned, Numbers(Rows * 4, 2), "condition");

    static void CompareMembers<T>(string declaration, T[] y, string name) where T : struct
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All[declaration]]);
        const ulong seed = 6;
        using var device = SharedWork.Among(2, Runtime.VectorWidth.Bits256);
        using var model = compiled.Create("M", seed, device);
        var oracle = new OracleStep(compiled.Traces["M"]);
        double[] given = [.. y.Select(v => Convert.ToDouble(v))];
        Dictionary<string, double[]> Oracle(string program, ulong draws, int iteration, params (string Name, double[] Values)[] inputs) =>
            oracle.Run(
            program, model, Rows, inputs.Append((name, given)).ToDictionary(i => i.Item1, i => i.Item2),
            oracle.Draws(program, Rows)
                .ToDictionary(d => d.Name, d => InferenceTests.Normals(draws, d.Name, iteration, Rows, (int)d.Count)), 0);

        float[] mean = new float[Rows * Latent], logVariance = new float[Rows * Latent], alone = new float[Rows
            * Latent], image = new float[Rows * Size];
        InferenceTests.Method<EncodeGiven<T>>(model, "Encode")(X, y, mean, logVariance);
        var q = Oracle("Encode", seed, 0, ("x", Doubles(X)));
        Tolerances.Close("mean of q", q["output.mean"], mean, Tolerances.Result, 1);
        Tolerances.Close("log-variance of q", q["output.log_variance"], logVariance, Tolerances.Result, 1);
        InferenceTests.Method<OneResultGiven<T>>(model, "Encode")(X, y, alone);
        Assert.Equal(mean, alone);

        var codes = Numbers(Rows * Latent, 3);
        InferenceTests.Method<OneResultGiven<T>>(model, "Decode")(codes, y, image);
        Tolerances.Close("decoded", Oracle("Decode", seed, 0, ("z", Doubles(codes)))["output.mean"], image, Tolerances.Result, 1);
        InferenceTests.Method<OneResultGiven<T>>(model, "Reconstruct")(X, y, image);
        Tolerances.Close("reconstructed", Oracle("Reconstruct", seed, 0, ("x", Doubles(X)))["output.mean"], image, Tolerances.Result, 1);
        InferenceTests.Method<SampleGiven<T>>(model, "Sample")(77, y, image);
        Tolerances.Close("sampled", Oracle("Sample", 77, 0)["output.mean"], image, Tolerances.Result, 1);

        var perRow = new double[Rows];
        var average = InferenceTests.Method<LogLikelihoodGiven<T>>(model, "LogLikelihood")(X, y, 3, perRow);
        double[][] weights = [.. Enumerable.Range(0, 3).Select(sample => Oracle(
            "LogWeight", seed, sample, ("x", Doubles(X)), ("mean", q["output.mean"]),
            ("log_variance", q["output.log_variance"]))["row.LogWeight"])];
        double[] expected = [.. Enumerable.Range(0, Rows).Select(row => Math.Log(weights.Average(w => Math.Exp(w[row]))))];
        Tolerances.Close("log p(x|y)", expected, [.. perRow.Select(v => (float)v)], Tolerances.Loss, 1);
        Assert.Equal(perRow.Average(), average, 1e-9);
    }

    static double[] Doubles(float[] values) => [.. values.Select(v => (double)v)];

    const string Linear = """
        using Zoo;

        [ConditionalVae(Input = [3], Condition = [2], Batch = 4)]
        public partial class M
        {
            static Gaussian Encoder(Tensor x, Tensor y) => new(Tensor.Concat(x, y).Dense(1), x.Dense(1));
            static Gaussian Prior(Tensor y) => new(y.Dense(1), y.Dense(1));
            static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(3));
        }

        public static class Calls
        {
            public static float Divergence(M m, float[] x, float[] y) => m.Evaluate(x, y).Divergence;
        }
        """;

    /// <summary>KL(q(z|x, y) ‖ p(z|y)) is ∫ q log q/p, the laws' numbers taken from their weights.</summary>
    [Fact]
    public void TheDivergenceFromAPriorNetworkIsItsIntegral()
    {
        using var compiled = new CompiledModels([Linear]);
        using var model = compiled.Create("M", 2, Device.Cpu);
        for (var trial = 0; trial < 20; trial++)
        {
            var random = new System.Random(trial);
            foreach (var parameter in model.Parameters)
                parameter.CopyFrom([.. Enumerable.Range(0, parameter.Length).Select(_ => 2 * random.NextSingle() - 1)]);
            float[] x = Numbers(3, 100 + trial), y = Numbers(2, 200 + trial);
            double Affine(string layer, float[] input)
            {
                float[] weight = new float[input.Length], bias = new float[1];
                model.Parameters[layer + ".weight"].CopyTo(weight);
                model.Parameters[layer + ".bias"].CopyTo(bias);
                return bias[0] + weight.Zip(input).Sum(p => (double)p.First * p.Second);
            }

            var (mean, logVariance) = (Affine("encoder.dense1", [.. x, .. y]), Affine("encoder.dense2", x));
            var (priorMean, priorLogVariance) = (Affine("prior.dense1", y), Affine("prior.dense2", y));
            static double LogDensity(double z, double mean, double logVariance) =>
                -0.5 * ((z - mean) * (z - mean) * Math.Exp(-logVariance) + logVariance + Math.Log(2 * Math.PI));
            double Integrand(double z) => Math.Exp(LogDensity(z, mean, logVariance))
                * (LogDensity(z, mean, logVariance) - LogDensity(z, priorMean, priorLogVariance));
            var width = 12 * Math.Exp(logVariance / 2);
            var expected = Quadrature.Integrate(Integrand, mean - width, mean + width);
            var actual = (float)compiled.Type("Calls").GetMethod("Divergence")!.Invoke(null, [model, x, y])!;
            Assert.Equal(expected, actual, 1e-5 * (1 + expected));
        }
    }

    /// <summary>Every gradient of a loss is its slope, the prior network's and that of the rows that labels choose among them.</summary>
    [Theory]
    [InlineData(Labelled)]
    [InlineData(Conditioned)]
    [InlineData("importance-weighted with labels")]
    [InlineData("importance-weighted with a condition")]
    public void GradientsAreSlopes(string name)
    {
        var trace = GeneratorRun.Of(AdversarialDeclarations.All[name]).Trace!;
        var graph = BuildPrograms.Run(trace, merge: false).Graph;
        var (program, differentiated) = (graph.Program("Gradients"), Differentiate.Run(graph).Program("Gradients"));
        var batch = TrainingBatch.Of(trace, 4);
        var random = new System.Random(9);
        var bindings = new Bindings
        {
            Inputs = batch.Bindings(),
            Hyperparameters =
            {
                ["beta"] = trace.Options.Float("Beta", 1), ["warm_up_steps"] = trace.Options.Int("WarmUpSteps", 0),
                ["free_bits"] = trace.Options.Float("FreeBits", 0),
            },
        };
        foreach (var draw in Topology.Sort(program.Results.Select(r => r.Node)).Where(n => n.Op == Op.Draw))
            bindings.Draws[draw.Name] = InferenceTests.Normals(3, draw.Name, 0, batch.Rows, (int)draw.Type.Count(batch.Rows));
        foreach (var parameter in trace.Parameters)
            bindings.Parameters[parameter.Name] = [.. Enumerable.Range(0, parameter.Shape.Count).Select(_ => random.NextDouble() - 0.5)];
        double Objective() => Interpreter.Evaluate(program.Results, batch.Rows, bindings)["objective"][0];

        var gradients = Interpreter.Evaluate(differentiated.Results, batch.Rows, bindings);
        const double step = 1e-5;
        foreach (var parameter in trace.Parameters)
        {
            var values = bindings.Parameters[parameter.Name];
            for (var i = 0; i < values.Length; i++)
            {
                var at = values[i];
                values[i] = at + step;
                var above = Objective();
                values[i] = at - step;
                var below = Objective();
                values[i] = at;
                var slope = (above - below) / (2 * step);
                Assert.True(
                    Math.Abs(slope - gradients[$"gradient.{parameter.Name}"][i]) <= 1e-6 * (1 + Math.Abs(slope)),
                    $"{parameter.Name}[{i}]: slope {slope:R}, gradient {gradients[$"gradient.{parameter.Name}"][i]:R}");
            }
        }
    }

    /// <summary>No one-hot row is multiplied, with one sample and with several.</summary>
    [Theory]
    [InlineData(Labelled)]
    [InlineData("importance-weighted with labels")]
    public void LabelsChooseRows(string name)
    {
        var plan = Pipeline.Plan(GeneratorRun.Of(AdversarialDeclarations.All[name]).Trace!, Target.Cpu);
        foreach (var program in plan.Programs)
            Assert.DoesNotContain(program.Kernels.Select(k => k.Map).OfType<Zoo.Generators.Plans.MapBody>().SelectMany(m => m.Instructions),
                i => i.Op == Op.OneHot);
    }

    [Fact]
    public void MembersRefuseLabelsByRowAndValue()
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All[Labelled]]);
        using var model = compiled.Create("M", 1, Device.Cpu);
        float[] x = new float[4 * Size], codes = new float[4 * Latent], image = new float[4 * Size];
        Action<int[]>[] members =
        [
            y => InferenceTests.Method<EncodeGiven<int>>(model, "Encode")(x, y, codes, codes),
            y => InferenceTests.Method<OneResultGiven<int>>(model, "Decode")(codes, y, image),
            y => InferenceTests.Method<OneResultGiven<int>>(model, "Reconstruct")(x, y, image),
            y => InferenceTests.Method<LogLikelihoodGiven<int>>(model, "LogLikelihood")(x, y, 2, default),
        ];
        foreach (var member in members)
        {
            var outside = Assert.Throws<ArgumentOutOfRangeException>(() => member([0, 3, 4, 1]));
            Assert.StartsWith("Expected labels from 0 to 3, but row 2 has 4.", outside.Message, StringComparison.Ordinal);
            Assert.StartsWith("Expected labels from 0 to 3, but row 0 has -1.",
                Assert.Throws<ArgumentOutOfRangeException>(() => member([-1, 3, 4, 1])).Message, StringComparison.Ordinal);
            Assert.Equal("Expected 4 labels (one a row), but got 3. (Parameter 'labels')",
                Assert.Throws<ArgumentException>(() => member([0, 1, 2])).Message);
            member([0, 3, 2, 1]);
        }
        var sample = InferenceTests.Method<SampleGiven<int>>(model, "Sample");
        Assert.Contains("row 2 has 4", Assert.Throws<ArgumentOutOfRangeException>(() => sample(1, [0, 3, 4, 1], image)).Message,
            StringComparison.Ordinal);
        Assert.Equal("Expected room for 9 values (3 rows of 3), but got 12. (Parameter 'x')",
            Assert.Throws<ArgumentException>(() => sample(1, [0, 3, 1], image)).Message);
    }

    [Fact]
    public void MembersRefuseAConditionOfAnotherLength()
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All[Conditioned]]);
        using var model = compiled.Create("M", 1, Device.Cpu);
        var x = new float[4 * Size];
        var likelihood = InferenceTests.Method<LogLikelihoodGiven<float>>(model, "LogLikelihood");
        var refused = Assert.Throws<ArgumentException>(() => likelihood(x, new float[15], 2, default));
        Assert.Equal("Expected 16 values (4 rows of 4), but got 15. (Parameter 'condition')", refused.Message);
        var sample = InferenceTests.Method<SampleGiven<float>>(model, "Sample");
        refused = Assert.Throws<ArgumentException>(() => sample(1, new float[15], x));
        Assert.Equal("Expected a multiple of 4 values (one example), but got 15. (Parameter 'condition')", refused.Message);
    }
}
