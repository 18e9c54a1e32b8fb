using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Runtime;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;
using Zoo.Tests.Gpu;

namespace Zoo.Tests.Variants;

/// <summary>
/// A variant that the generator does not have, added by this file alone: networks with a signature of their own, two phases that take
/// their gradients together, running statistics as state, a hyperparameter, members. All else follows.
/// </summary>
public sealed class NewVariantTests : IDisposable
{
    /// <summary>
    /// An auto-encoder of deviations from a running mean, beside a probe that reads the sum of an example off its code.
    /// </summary>
    sealed class Centred : Variant
    {
        static readonly OptionSpec Momentum = new("Momentum", 0.1f, ValueRange.Fraction);

        public override string Name => "Centred";

        public override IReadOnlyList<OptionSpec> Options { get; } = [Momentum];

        public override IReadOnlyList<NetworkSignature> Networks { get; } =
        [
            new("Encoder", ["x"], [OutputKind.Tensor]), new("Decoder", ["z"], [OutputKind.Tensor]),
            new("Probe", ["z"], [OutputKind.Tensor]),
        ];

        public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
            parameter == "z" ? traced["Encoder"].Outputs["value"].Shape : options.Shape("Input") ?? Shape.Scalar;

        public override IEnumerable<VariantError> Check(ModelTrace trace) =>
            [.. CheckExamples(trace, "Decoder"), .. CheckOneNumber(trace, "Probe", "a guess")];

        public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) =>
            [new("Reconstruct", ["Encoder", "Decoder"]), new("Guess", ["Probe"], IsSimultaneous: true)];

        public override void Build(ModelBuilder m)
        {
            var (g, x) = (m.Graph, m.Examples);
            var rate = m.Hyperparameter("Reconstruct", Momentum);
            var (mean, spread) = (m.State("running_mean", m.ExampleShape), m.State("running_spread", m.ExampleShape, "Ones"));
            Node Towards(Node old, Node now) => g.Add(old, g.Mul(rate, g.Sub(now, old)));

            PhaseLosses Reconstruct(DrawScope draws)
            {
                var y = m.Networks.Tensor("Decoder", draws, m.Networks.Tensor("Encoder", draws, x));
                var loss = g.Sum(g.Unary(Op.Square, g.Sub(y, g.Sub(x, mean))));
                // The spread is around the new mean: whoever reads the old one must not wait for whoever needs the new.
                var moved = Towards(mean, g.MeanRows(x));
                return new(g.MeanRows(loss), loss)
                {
                    Next = [("running_mean", moved), ("running_spread", Towards(spread, g.MeanRows(g.Unary(Op.Square, g.Sub(x, moved)))))],
                };
            }

            PhaseLosses Guess(DrawScope draws)
            {
                var guess = m.Networks.Number("Probe", draws, g.StopGradient(m.Networks.Tensor("Encoder", draws, x)));
                var loss = g.Unary(Op.Square, g.Sub(guess, g.Sum(x)));
                return new(g.MeanRows(loss), loss);
            }

            m.Phase("Reconstruct", [new("Error", "Squared error.")], Reconstruct);
            m.Phase("Guess", [new("Doubt", "Squared error of the probe.")], Guess);
            m.Evaluate();
            m.Infer(
                "Whiten", "(x − m) / √s for each example.", "(x − m) / √s", g.Div(g.Sub(x, mean), g.Unary(Op.Sqrt, spread)),
                ModelBuilder.Result("white", m.ExampleShape.Count, "Receives the examples."), ModelBuilder.Rows("x", m.ExampleShape.Count));
        }
    }

    const string Source = """
        namespace Zoo
        {
            /// <summary>For the variant of this test.</summary>
            public sealed class CentredAttribute : ModelAttributeBase
            {
                /// <summary>Weight of the newest batch.</summary>
                public float Momentum { get; set; } = 0.1f;
            }
        }

        namespace Tests
        {
            using Zoo;

            [Centred(Input = [5], Batch = 6, Momentum = 0.25f)]
            [Adam(LearningRate = 1e-2f)]
            [Sgd(LearningRate = 1e-2f, Momentum = 0.9f, Phase = "guess")]
            public partial class M
            {
                static Tensor Encoder(Tensor x) => x.Dense(7).Tanh().Dense(3);
                static Tensor Decoder(Tensor z) => z.Dense(6).Tanh().Dense(5);
                static Tensor Probe(Tensor z) => z.Dense(1);

                /// <summary>What users write is what the records say.</summary>
                public static float[] Use(float[] x)
                {
                    using var model = new M(seed: 4);
                    Losses losses = model.Step(x);
                    model.Gradients(Phase.Reconstruct, x);
                    model.Update(Phase.Reconstruct);
                    var white = new float[x.Length];
                    model.Whiten(x, white);
                    return [losses.Error, losses.Doubt, model.Evaluate(x).Doubt, Card.Layers.Count, .. white];
                }
            }
        }
        """;

    readonly string folder = Directory.CreateTempSubdirectory("zoo-variant-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    internal static CompiledModels OnBoth() => Compiled(hasGpu: true);

    static CompiledModels Compiled(bool hasGpu = false) => new([Source], hasGpu: hasGpu, variants: [.. Variant.All, new Centred()]);

    [Fact]
    public void ItTrainsAsTheOracleDoes()
    {
        AppContext.SetSwitch("Zoo.PoisonActivations", true);
        using var compiled = Compiled();
        var trace = compiled.Traces["Tests.M"];
        var oracle = new OracleStep(trace, new Centred());
        foreach (var width in (VectorWidth[])[VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar])
        {
            using var device = SharedWork.Among(2, width);
            using IGenerativeModel halves = compiled.Create("Tests.M", 5, device), whole = compiled.Create("Tests.M", 5, device);
            var (engine, losses) = (PhasedSteps.Engine(halves), new float[2]);
            for (var step = 0; step < 4; step++)
            {
                var x = TrainingBatch.Of(trace, step).X;
                Dictionary<string, double[]> Expected(string program) =>
                    oracle.Run(program, halves, 6, new() { ["x"] = [.. x.Select(v => (double)v)] }, [], step);
                var (reconstruct, guess) = (Expected("GradientsReconstruct"), Expected("GradientsGuess"));
                engine.Gradients(0, new Inputs(x, 5));
                engine.Gradients(1, new Inputs(x, 5));
                foreach (var name in (string[])["running_mean", "running_spread"])
                    Tolerances.Close($"{width} step {step} {name}", reconstruct[$"next.{name}"],
                        PhasedSteps.Values(halves.Parameters[name]), Tolerances.Loss, 1);
                foreach (var parameter in trace.Parameters)
                {
                    var gradient = new float[halves.Parameters[parameter.Name].Length];
                    halves.Parameters[parameter.Name].CopyGradientTo(gradient);
                    var wanted = (parameter.Name.StartsWith("probe", StringComparison.Ordinal)
                        ? guess
                        : reconstruct)[$"gradient.{parameter.Name}"];
                    float[] got = [.. OracleStep.FromSurface(parameter, gradient).Select(v => (float)v)];
                    Tolerances.Close($"{width} step {step} {parameter.Name}", wanted, got, Tolerances.Gradient, 1e-3);
                }
                engine.Update(0);
                engine.Update(1);
                whole.Step(x, default, default, losses);
                Tolerances.Close($"{width} step {step} losses", [reconstruct["loss.Error"][0], guess["loss.Doubt"][0]], losses,
                    Tolerances.Loss, 1);
            }
            Assert.Equal(File(halves), File(whole));
        }
    }

    [Fact]
    public void ThreadsAndResumingGiveTheSameFile()
    {
        using var compiled = Compiled();
        var trace = compiled.Traces["Tests.M"];
        void Steps(IGenerativeModel model, int from, int to)
        {
            for (var i = from; i < to; i++) model.Step(TrainingBatch.Of(trace, i).X, default, default, new float[2]);
        }

        byte[]? first = null;
        foreach (var threads in (int[])[1, 2, 3])
        {
            using var device = Device.CpuWith(threads);
            using var model = compiled.Create("Tests.M", 9, device);
            Steps(model, 0, 5);
            first ??= File(model);
            Assert.Equal(first, File(model));
        }
        using var begun = compiled.Create("Tests.M", 9, Device.Cpu);
        Steps(begun, 0, 3);
        var path = Path.Combine(folder, "begun.safetensors");
        begun.Save(path);
        using var resumed = compiled.Load("Tests.M", path);
        Assert.Equal(PhasedSteps.Values(begun.Parameters["running_mean"]), PhasedSteps.Values(resumed.Parameters["running_mean"]));
        Steps(resumed, 3, 5);
        Assert.Equal(first, File(resumed));
    }

    [Fact]
    public void ItsMembersAreThere()
    {
        using var compiled = Compiled();
        var x = TrainingBatch.Of(compiled.Traces["Tests.M"], 0).X;
        var seen = (float[])compiled.Type("Tests.M").GetMethod("Use")!.Invoke(null, [x])!;
        using var model = compiled.Create("Tests.M", 4, Device.Cpu);
        var losses = new float[2];
        model.Step(x, default, default, losses);
        Assert.Equal(losses, seen[..2]);
        Assert.Equal(5, seen[3]);
        Assert.False(model.Parameters["running_mean"].IsTrained);
        // Two batches of the same examples: m = (1 − 0.75²)·mean, and what is whitened lies around it.
        var mean = Enumerable.Range(0, 5).Select(c => Enumerable.Range(0, 6).Average(r => (double)x[r * 5 + c])).ToArray();
        var variance = Enumerable.Range(0, 5).Select(c =>
        {
            double Around(double centre) => Enumerable.Range(0, 6).Average(r => Math.Pow(x[r * 5 + c] - centre, 2));
            return 0.75 * (0.75 + 0.25 * Around(0.25 * mean[c])) + 0.25 * Around(0.4375 * mean[c]);
        }).ToArray();
        var white = x.Select((v, i) => (v - 0.4375 * mean[i % 5]) / Math.Sqrt(variance[i % 5])).ToArray();
        Tolerances.Close("white", white, seen[4..], Tolerances.Loss, 1);
    }

    [Fact]
    public void PhasesThatTakeTheirGradientsTogetherTrainDifferentWeights()
    {
        using var compiled = Compiled();
        var fault = Assert.Throws<InvalidOperationException>(() => Zoo.Generators.Passes.BuildPrograms.Run(compiled.Traces["Tests.M"],
            new Overlapping()));
        Assert.Equal("Guess takes its gradients together with Reconstruct, and both train decoder.dense1.weight, which has one gradient.",
            fault.Message);
    }

    /// <summary>Two phases at once over all networks.</summary>
    sealed class Overlapping : Variant
    {
        public override string Name => "Centred";

        public override IReadOnlyList<OptionSpec> Options => [];

        public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
            Shape.Scalar;

        public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) =>
            [new("Reconstruct", ["Decoder"]), new("Guess", ["Decoder"], IsSimultaneous: true)];

        public override void Build(ModelBuilder m)
        {
            PhaseLosses Loss(DrawScope draws)
            {
                var loss = m.Graph.Sum(m.Networks.Tensor("Decoder", draws, m.Networks.Tensor("Encoder", draws, m.Examples)));
                return new(m.Graph.MeanRows(loss), loss);
            }

            m.Phase("Reconstruct", [new("Error", "")], Loss);
            m.Phase("Guess", [new("Doubt", "")], Loss);
            m.Evaluate();
        }
    }

    byte[] File(IGenerativeModel model)
    {
        var path = Path.Combine(folder, "model.safetensors");
        model.Save(path);
        return System.IO.File.ReadAllBytes(path);
    }
}

/// <summary>State that programs advance themselves, on PoCL beside the CPU.</summary>
[Trait("Speed", "Slow")]
public class AdvancedStateOnPocl(PoclDevice pocl) : IClassFixture<PoclDevice>
{
    [PoclFact]
    public void EveryStepAgreesWithTheCpu()
    {
        using var compiled = NewVariantTests.OnBoth();
        using IGenerativeModel cpu = compiled.Create("Tests.M", 5, Device.Cpu), gpu = compiled.Create("Tests.M", 5, pocl.Device);
        for (var step = 0; step < 4; step++)
        {
            // After the gradients alone, before an update has all weights fetched anyway.
            var x = TrainingBatch.Of(compiled.Traces["Tests.M"], 10 + step).X;
            foreach (var model in (IGenerativeModel[])[cpu, gpu]) PhasedSteps.Engine(model).Gradients(0, new Inputs(x, 5));
            foreach (var name in (string[])["running_mean", "running_spread"])
            {
                double[] expected = [.. PhasedSteps.Values(cpu.Parameters[name]).Select(v => (double)v)];
                Tolerances.Close($"step {step} {name}", expected, PhasedSteps.Values(gpu.Parameters[name]), Tolerances.Loss, 1);
            }
        }
        for (var step = 0; step < 4; step++)
            SideBySide.Step($"step {step}", cpu, gpu, TrainingBatch.Of(compiled.Traces["Tests.M"], step).X);
    }
}
