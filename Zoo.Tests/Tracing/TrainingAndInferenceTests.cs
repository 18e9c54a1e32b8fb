using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Runtime;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Tracing;

/// <summary>
/// A network is one thing in training and another afterwards where an operation in it says so: dropout is the first such. What runs after
/// training has no trace of it.
/// </summary>
public class TrainingAndInferenceTests
{
    const string Vae = """
        using Zoo;

        [Vae(Input = [6], Batch = 5)]
        public partial class M
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(8).Tanh().Dropout(0.25f);
                return new(h.Dense(2), h.Dense(2));
            }

            static Bernoulli Decoder(Tensor z) => new(z.Dense(8).Tanh().Dropout(0.5f).Dense(6));
        }
        """;

    const string Own = """
        using Zoo;

        [Model(Input = [4], Batch = 5)]
        public partial class M
        {
            [Network] static Tensor Encode(Tensor x, Noise n) => (x + n.Normal(4)).Dense(6).Tanh().Dropout(0.5f).Dense(3);
            [Network] static (Gaussian Law, Tensor @class) Decode(Tensor @in, Tensor rows) =>
                (new(Tensor.Concat(@in, rows).Dense(4), @in.Dense(4)), @in.Dense(2));

            [Phase]
            static Tensor Loss(Tensor x, Noise n)
            {
                var z = Encode(x, n);
                var (law, guess) = Decode(z, z * 0.5f);
                return -law.LogProbability(x) + guess.Square().Sum();
            }
        }
        """;

    static IEnumerable<string> Draws(string source, string program)
    {
        var graph = BuildPrograms.Run(GeneratorRun.Of(source).Trace!).Graph;
        return Topology.Sort(graph.Program(program).Results.Select(r => r.Node)).Where(n => n.Op == Op.Draw).Select(n => n.Name).Order();
    }

    [Fact]
    public void TrainingDropsAndNothingElseDoes()
    {
        Assert.Equal(["decoder.dropout1", "encoder.dropout1", "epsilon"], Draws(Vae, "Gradients"));
        Assert.Equal(["decoder.dropout1", "encoder.dropout1", "epsilon"], Draws(Vae, "TrainingGradients"));
        Assert.Equal(["evaluate.epsilon"], Draws(Vae, "Evaluate"));
        foreach (var program in (string[])["Encode", "Decode", "Reconstruct"]) Assert.Empty(Draws(Vae, program));
        Assert.Equal(["sample.z"], Draws(Vae, "Sample"));
        Assert.Equal(["encode.dropout1", "encode.normal1"], Draws(Own, "Gradients"));
        // The same name whether or not something was dropped in front of it.
        Assert.Equal(["evaluate.encode.normal1"], Draws(Own, "Evaluate"));
        Assert.Equal(["run_encode.encode.normal1"], Draws(Own, "RunEncode"));
    }

    [Fact]
    public void NetworksThatDoNotAskAreTracedOnce()
    {
        var trace = GeneratorRun.Of(Declarations.FashionVae).Trace!;
        Assert.All(trace.Networks, n => Assert.Same(n.Outputs[n.Outputs.First().Name], n.Inference[n.Inference.First().Name]));
        var dropping = GeneratorRun.Of(Vae).Trace!;
        Assert.All(dropping.Networks, n => Assert.NotEqual(n.Outputs, n.Inference));
    }

    /// <summary>Kept with probability 1 − p and divided by it: the mean stays, and what is kept is what it was over 1 − p.</summary>
    [Fact]
    public void DropoutIsTorchs()
    {
        var roots = GeneratorRun.Of(Vae).Trace!.Network("Decoder")!.Outputs;
        var drop = Topology.Sort(roots.Select(r => r.Node)).Single(n => n.Op == Op.Draw);
        var random = new Random(3);
        var (kept, whole) = (new Bindings(), new Bindings());
        foreach (var bindings in (Bindings[])[kept, whole])
        {
            bindings.Inputs["z"] = [.. Enumerable.Range(0, 10).Select(i => i / 10.0)];
            bindings.Parameters["decoder.dense1.weight"] = [.. Enumerable.Range(0, 16).Select(i => Math.Sin(i))];
            bindings.Parameters["decoder.dense1.bias"] = [.. Enumerable.Range(0, 8).Select(i => Math.Cos(i))];
            bindings.Parameters["decoder.dense2.weight"] = [.. Enumerable.Range(0, 48).Select(i => Math.Sin(2 * i))];
            bindings.Parameters["decoder.dense2.bias"] = new double[6];
        }
        kept.Draws[drop.Name] = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())];
        var hidden = Interpreter.Evaluate(roots.Select(r => r.Node), 5, kept);
        var activation = hidden.Single(p => p.Key.Op == Op.Tanh).Value;
        var dropped = hidden.Single(p => p.Key.Op == Op.MatMul && p.Key.Shape == new Shape(6)).Key.Inputs[0];
        for (var i = 0; i < 40; i++)
            Assert.Equal(kept.Draws[drop.Name][i] < 0.5 ? activation[i] / 0.5 : 0, hidden[dropped][i], 12);
    }

    /// <summary>Compiled: losses and gradients with the draws of the step, at every width.</summary>
    [Fact]
    public void CompiledEqualsOracle()
    {
        foreach (var source in (string[])[Vae, Own])
        {
            using var compiled = new CompiledModels([source]);
            var trace = compiled.Traces["M"];
            foreach (var width in (VectorWidth[])[VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar])
            {
                using var device = SharedWork.Among(1, width);
                using var model = compiled.Create("M", 7, device);
                var steps = new PhasedSteps(trace, model);
                for (var step = 0; step < 3; step++) steps.Step(TrainingBatch.Of(trace, step));
                Assert.Contains(source == Vae ? "encoder.dropout1" : "encode.dropout1", model.Draws.Names);
            }
        }
    }

    delegate void RunEncode(ulong seed, ReadOnlySpan<float> x, Span<float> value);

    delegate void RunDecode(
        ReadOnlySpan<float> @in, ReadOnlySpan<float> rowsValues, Span<float> mean, Span<float> logVariance, Span<float> classValue);

    /// <summary>Every network of an own model can be run: noise by seed, several results, whatever its parameters are called.</summary>
    [Fact]
    public void OwnNetworksRun()
    {
        using var compiled = new CompiledModels([Own]);
        var (trace, type) = (compiled.Traces["M"], compiled.Type("M"));
        using var model = compiled.Create("M", 7, Device.Cpu);
        var encode = type.GetMethod("RunEncode")!.CreateDelegate<RunEncode>(model);
        float[] x = [.. Enumerable.Range(0, 280)
            .Select(i => MathF.Sin(i))], codes = new float[210], again = new float[210], other = new float[210];
        encode(5, x, codes);
        encode(5, x, again);
        encode(6, x, other);
        Assert.Equal(codes, again);
        Assert.NotEqual(codes, other);
        // The first rows of more are the same as those rows alone; 70 rows are more than a chunk.
        var few = new float[9];
        encode(5, x.AsSpan(0, 12), few);
        Assert.Equal(few, codes[..9]);

        var decode = type.GetMethod("RunDecode")!.CreateDelegate<RunDecode>(model);
        Assert.Equal(["in", "rowsValues", "lawMean", "lawLogVariance", "classValue"],
            type.GetMethod("RunDecode")!.GetParameters().Select(p => p.Name));
        float[] mean = new float[280], logVariance = new float[280], guess = new float[140];
        decode(codes, other, mean, logVariance, guess);
        var expected = new OracleStep(trace).Run(
            "RunDecode", model, 70, new() { ["in"] = [.. codes.Select(v => (double)v)], ["rows"] = [.. other.Select(v => (double)v)] }, [],
            0);
        Tolerances.Close("mean", expected["output.law.mean"], mean, Tolerances.Loss, 1);
        Tolerances.Close("log-variance", expected["output.law.log_variance"], logVariance, Tolerances.Loss, 1);
        Tolerances.Close("guess", expected["output.class.value"], guess, Tolerances.Loss, 1);
        var error = Assert.Throws<ArgumentException>(() => decode(codes, other.AsSpan(3), mean, logVariance, guess));
        Assert.Equal("rowsValues", error.ParamName);
        Assert.Contains("Expected 210 values (70 rows of 3), but got 207", error.Message);
    }

    [Theory]
    [InlineData("1f", "Dropout takes a rate from 0 to below 1, but got 1")]
    [InlineData("-0.5f", "Dropout takes a rate from 0 to below 1, but got -0.5")]
    [InlineData("float.NaN", "Dropout takes a rate from 0 to below 1, but got NaN")]
    public void RatesAreProbabilities(string rate, string message)
    {
        var reported = Assert.Single(GeneratorRun.Of(Vae.Replace("0.25f", rate)).Reported);
        Assert.Contains(message, reported);
    }
}
