using Zoo.Generators.Emission;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Runtime;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Engines;

/// <summary>
/// Random declarations through the whole compiler: what the compiled classes compute is what the oracle computes, at every vector width,
/// and the same bits on any number of threads. Memory that no kernel has written reads as NaN in these runs.
/// </summary>
[Trait("Speed", "Slow")]
public class RandomProgramTests
{
    const int PerCompilation = 40;
    const int WidePerCompilation = 8;
    static readonly VectorWidth[] Widths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    static RandomProgramTests() => AppContext.SetSwitch("Zoo.PoisonActivations", true);

    /// <summary>Forty declarations each: a hundred and twenty in every run, five hundred and twenty in a rehearsal.</summary>
    public static TheoryData<int> Batches => [.. Rehearsal.Part(Enumerable.Range(0, 13), 3)];

    [Theory]
    [MemberData(nameof(Batches))]
    public void CompiledEqualsOracle(int batch) =>
        AllEqualOracle(Enumerable.Range(batch * PerCompilation, PerCompilation), RandomModels.Source);

    /// <summary>
    /// Several tiles of products and maps, ragged ends, more than 512 summands: few, because double precision takes its time.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void WideCompiledEqualsOracle(int batch) =>
        AllEqualOracle(Enumerable.Range(70_000 + batch * WidePerCompilation, WidePerCompilation), RandomModels.Wide);

    /// <summary>Convolutions of odd sizes, strides, paddings and dilations, pools, residual sums: a hundred a run.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ImagesCompiledEqualOracle(int batch) =>
        AllEqualOracle(Enumerable.Range(90_000 + batch * 25, 25), RandomModels.Images);

    /// <summary>
    /// Channels enough for minimal filters, of two taps a phase and of three, which random images have too few of: each of a convolution's
    /// products takes them, at two widths; <see cref="Products.FilteredProductTests"/> has all of them.
    /// </summary>
    [Fact]
    public void FilteredImagesCompiledEqualOracle()
    {
        Assert.True(FilteredTiles.Pay(new(8, 8, 4, 2, 1, 1), 32, transposed: false, 40, 1, 40));
        Assert.True(FilteredTiles.Pay(new(8, 8, 4, 2, 1, 1), 32, transposed: true, 40, 1, 40));
        Assert.True(FilteredTiles.Pay(new(4, 4, 3, 1, 1, 1), 40, transposed: false, 40, 1, 40));
        Assert.True(FilteredTiles.PayForImages(new(8, 8, 4, 2, 1, 1), 48, 1, 64, 64));
        AllEqualOracle([1, 2], seed => new($"Filtered{seed}", $$"""
            using Zoo;

            [Vae(Input = [1, 16, 16], Batch = 3)]
            [Sgd(LearningRate = 0.01f)]
            public partial class Filtered{{seed}}
            {
                static Gaussian Encoder(Tensor x)
                {
                    var h = x.Conv2d(32, kernel: 4, stride: 2, padding: 1).Tanh().Conv2d(40, kernel: 4, stride: 2, padding: 1).Tanh();
                    h = (h + h.Conv2d(40, kernel: 3, padding: 1)).Tanh().Flatten();
                    return new(mean: h.Dense(3), logVariance: h.Dense(3));
                }

                static Bernoulli Decoder(Tensor z)
                {
                    var image = z.Dense(64 * 4 * 4).Tanh().Reshape(64, 4, 4);
                    return new(logits: image.ConvTranspose2d(48, kernel: 4, stride: 2, padding: 1).Tanh()
                        .ConvTranspose2d(1, kernel: 4, stride: 2, padding: 1));
                }
            }
            """, [1, 16, 16], 3, [3], 1, true));
    }

    /// <summary>Twenty as declarations are, and three that several tiles share; twice as many in a rehearsal.</summary>
    static readonly IReadOnlyList<RandomModel> Models =
    [
        .. Rehearsal.Part(Enumerable.Range(10_000, 40), 20).Select(RandomModels.Source),
        .. Rehearsal.Part(Enumerable.Range(11_000, 6), 3).Select(RandomModels.Wide),
    ];

    // Compiled once for the two tests that run them.
    static readonly Lazy<CompiledModels> Compiled = new(() => new CompiledModels(Models.Select(m => m.Source)));

    static void AllEqualOracle(IEnumerable<int> seeds, Func<int, RandomModel> create)
    {
        var models = seeds.Select(seed => (Seed: seed, Model: create(seed))).ToList();
        using var compiled = new CompiledModels(models.Select(m => m.Model.Source));
        foreach (var (seed, model) in models)
        {
            using var device = SharedWork.Among(1 + seed % 3, Widths[seed % 4]);
            using var instance = compiled.Create(model.ClassName, (ulong)seed, device);
            try
            {
                ThreeSteps(model, instance, compiled.Traces[model.ClassName], seed);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Random model {seed} at {device.Team.Width}:\n{model.Source}", exception);
            }
        }
    }

    [Fact]
    public void FusionAndMemoryPlanKeepTheValues()
    {
        static SourceFile Plain(ModelTrace trace) =>
            CpuEmitter.Run(PlanMemory.Run(Partition.ForCpu(Fuse.Run(Pipeline.Optimise(BuildPrograms.Run(trace).Graph), fuse: false)),
                reuse: false));
        using var plain = new CompiledModels(Models.Select(m => m.Source), Plain);
        using var device = SharedWork.Among(2);
        foreach (var model in Models)
        {
            using var a = Compiled.Value.Create(model.ClassName, 3, device);
            using var b = plain.Create(model.ClassName, 3, device);
            var x = Data(model, 5);
            float[] left = new float[3], right = new float[3];
            for (var step = 0; step < 3; step++)
            {
                a.Step(x, default, default, left);
                b.Step(x, default, default, right);
            }
            Tolerances.Close($"{model.ClassName} losses", [.. left.Select(v => (double)v)], right, Tolerances.Loss, 1);
        }
    }

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        Device[] devices = [SharedWork.Among(1), SharedWork.Among(2), SharedWork.Among(3)];
        foreach (var model in Models)
        {
            var results = devices.Select(device =>
            {
                using var instance = Compiled.Value.Create(model.ClassName, 9, device);
                var losses = new float[3];
                for (var step = 0; step < 3; step++) instance.Step(Data(model, step), default, default, losses);
                return losses.Concat(instance.Parameters.SelectMany(Values)).Select(BitConverter.SingleToInt32Bits).ToArray();
            }).ToList();
            Assert.Equal(results[0], results[1]);
            Assert.Equal(results[0], results[2]);
        }
        foreach (var device in devices) device.Dispose();
    }

    internal static void ThreeSteps(RandomModel model, IGenerativeModel instance, ModelTrace trace, int seed)
    {
        var oracle = new OracleStep(trace);
        // The optimisers in double precision, fed the engine's own gradients: its moments go on from step to step.
        var reference = new ReferenceVae(trace);
        var losses = new float[3];
        for (var step = 0; step < 3; step++)
        {
            var x = Data(model, seed * 3 + step);
            var before = trace.Parameters.ToDictionary(p => p.Name, p => Values(instance.Parameters[p.Name]));
            var statistics = trace.States.ToDictionary(s => s.Name, s => Values(instance.Parameters[s.Name]));
            // The oracle needs the weights before the update and the draws after it.
            foreach (var (name, values) in before) reference.Load(name, values);
            instance.Step(x, default, default, losses);
            var draws = instance.Draws.Names.ToDictionary(n => n, n =>
            {
                var values = new float[instance.Draws.Length(n)];
                instance.Draws.CopyTo(n, values);
                return values.Select(v => (double)v).ToArray();
            });
            // A draw that cannot reach the loss is not drawn: its value does not matter.
            foreach (var (name, count) in oracle.Draws("Gradients", model.Batch)) draws.TryAdd(name, new double[count]);
            var after = trace.Parameters.ToDictionary(p => p.Name, p => Values(instance.Parameters[p.Name]));
            var advanced = trace.States.ToDictionary(s => s.Name, s => Values(instance.Parameters[s.Name]));
            foreach (var (name, values) in before.Concat(statistics)) instance.Parameters[name].CopyFrom(values);
            var expected = oracle.Run("Gradients", instance, model.Batch, new() { ["x"] = [.. x.Select(v => (double)v)] }, draws, step);
            foreach (var (name, values) in after.Concat(advanced)) instance.Parameters[name].CopyFrom(values);
            foreach (var (name, values) in advanced)
                Tolerances.Close($"step {step} statistic {name}", expected[$"next.{name}"], values, Tolerances.Gradient, 1e-3);
            Tolerances.Close($"step {step} losses",
                [expected["loss.Reconstruction"][0], expected["loss.Divergence"][0], expected["loss.Elbo"][0]], losses, Tolerances.Loss, 1);
            var gradients = new Dictionary<string, double[]>();
            foreach (var parameter in trace.Parameters)
            {
                var gradient = new float[instance.Parameters[parameter.Name].Length];
                instance.Parameters[parameter.Name].CopyGradientTo(gradient);
                var actual = OracleStep.FromSurface(parameter, gradient).Select(v => (float)v).ToArray();
                Tolerances.Close($"step {step} gradient of {parameter.Name}", expected[$"gradient.{parameter.Name}"], actual,
                    Tolerances.Gradient, 1e-3);
                gradients[$"gradient.{parameter.Name}"] = [.. gradient.Select(v => (double)v)];
            }
            reference.Update(gradients);
            foreach (var (name, values) in before)
            {
                var (updated, start) = (reference.Value(name), values);
                double[] wanted = [.. updated.Select((v, i) => v - start[i])];
                float[] made = [.. after[name].Select((v, i) => v - start[i])];
                Tolerances.Close($"step {step} update of {name}", wanted, made, Tolerances.Update, Tolerances.UpdateFloor);
            }
        }
    }

    static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Length];
        parameter.CopyTo(values);
        return values;
    }

    internal static float[] Data(RandomModel model, int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, model.Batch * model.Input.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextSingle())];
    }
}
