using Zoo.Runtime;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Boltzmann;

/// <summary>Training steps of machines on the CPU: the oracle at every width, chains, threads, and the ways to take a step.</summary>
public sealed class BoltzmannStepTests(BoltzmannModels models) : IClassFixture<BoltzmannModels>, IDisposable
{
    readonly CompiledModels compiled = models.Compiled;
    readonly string folder = Directory.CreateTempSubdirectory("zoo-boltzmann-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> Machines => [.. BoltzmannDeclarations.Names];

    /// <summary>Examples with bits and what lies between them, of Bits every other time bits; of Gaussian units any numbers.</summary>
    internal static float[] Batch(string name, int size, int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, size).Select(i => BoltzmannDeclarations.IsGaussian(name)
            ? 4 * random.NextSingle() - 2
            : i % 3 == 0 && (name, seed % 2) != ("Bits", 0) ? random.NextSingle() : random.Next(2))];
    }

    /// <summary>Weights that matter: those of a new machine are close to 0.</summary>
    internal static void Shake(IGenerativeModel model, int seed)
    {
        var random = new System.Random(seed);
        foreach (var parameter in model.Parameters.Where(p => p.IsTrained))
            parameter.CopyFrom([.. Enumerable.Range(0, parameter.Length).Select(_ => random.NextSingle() - 0.5f)]);
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void EveryStepAgreesWithTheOracle(string name)
    {
        AppContext.SetSwitch("Zoo.PoisonActivations", true);
        var oracle = new BoltzmannOracle(compiled.Traces[name]);
        VectorWidth[] widths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];
        for (var w = 0; w < widths.Length; w++)
        {
            using var device = SharedWork.Among(1 + w % 3, widths[w]);
            using IGenerativeModel halves = compiled.Create(name, 5, device), whole = compiled.Create(name, 5, device);
            Shake(halves, 1);
            Shake(whole, 1);
            var (engine, size, losses) = (PhasedSteps.Engine(halves), halves.Parameters["visible_bias"].Length, new float[2]);
            for (var step = 0; step < 4; step++)
            {
                var (what, x) = ($"{name}, {widths[w]}, step {step}:", Batch(name, BoltzmannDeclarations.Rows(name) * size, step));
                var expected = oracle.Gradients(oracle.Bind(halves, ("x", x)), 5, step, BoltzmannDeclarations.Rows(name));
                engine.Gradients(0, new Inputs(x, size));
                foreach (var parameter in compiled.Traces[name].Parameters)
                {
                    var gradient = new float[halves.Parameters[parameter.Name].Length];
                    halves.Parameters[parameter.Name].CopyGradientTo(gradient);
                    float[] got = [.. OracleStep.FromSurface(parameter, gradient).Select(v => (float)v)];
                    Tolerances.Close($"{what} gradient of {parameter.Name}", expected[$"gradient.{parameter.Name}"], got,
                        Tolerances.Gradient, 1e-2);
                }
                foreach (var (state, next) in expected.Where(e => e.Key.StartsWith("next.", StringComparison.Ordinal)))
                    Tolerances.Close($"{what} {state}", next, PhasedSteps.Values(halves.Parameters[state["next.".Length..]]),
                        state == "next.chains" ? 0 : Tolerances.Loss, 1);
                engine.Update(0);
                whole.Step(x, default, default, losses);
                Tolerances.Close($"{what} losses", [expected["loss.ReconstructionError"][0], expected["loss.FreeEnergy"][0]], losses,
                    Tolerances.Loss, 1);
            }
            Assert.Equal(File(halves), File(whole));
        }
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void ThreadsTrainingAndResumingGiveTheSameFile(string name)
    {
        byte[]? first = null;
        foreach (var threads in (int[])[1, 2, 3])
        {
            using var device = SharedWork.Among(threads);
            using var model = compiled.Create(name, 9, device);
            Train(model, name, 0, 7);
            first ??= File(model);
            Assert.Equal(first, File(model));
        }
        using var begun = compiled.Create(name, 9, Device.Cpu);
        Train(begun, name, 0, 4);
        var path = Path.Combine(folder, "begun.safetensors");
        begun.Save(path);
        using var resumed = compiled.Load(name, path);
        if (Chains(begun) is { } chains)
        {
            // Sampled and evaluated in between, as anybody would: the chains are training's alone.
            Assert.True(chains.Length < 5 || chains.Contains(1f));
            var (x, v) = (Batch(name, 70 * Size(begun), 3), new float[70 * Size(begun)]);
            InferenceTests.Method<Sample>(resumed, "Sample")(3, 4, v);
            InferenceTests.Method<SampleFrom>(resumed, "Sample")(3, x, 4, v);
            InferenceTests.Method<Encode>(resumed, "Encode")(x, new float[70 * begun.Parameters["hidden_bias"].Length]);
            Assert.Equal(chains, Chains(resumed));
        }
        Train(resumed, name, 4, 7);
        Assert.Equal(first, File(resumed));
    }

    internal delegate void Sample(ulong seed, int gibbsSteps, Span<float> v, IProgress<double>? progress = null);

    internal delegate void SampleFrom(
        ulong seed, ReadOnlySpan<float> examples, int gibbsSteps, Span<float> v, IProgress<double>? progress = null);

    internal delegate void Encode(ReadOnlySpan<float> v, Span<float> h);

    delegate void TrainOn(ReadOnlySpan<float> batch);

    static int Size(IGenerativeModel model) => model.Parameters["visible_bias"].Length;

    static float[]? Chains(IGenerativeModel model) =>
        model.Parameters.FirstOrDefault(p => p.Name == "chains") is { } chains ? PhasedSteps.Values(chains) : null;

    /// <summary>Steps with and without losses.</summary>
    static void Train(IGenerativeModel model, string name, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var x = Batch(name, BoltzmannDeclarations.Rows(name) * Size(model), i);
            if (i % 2 == 0) model.Step(x, default, default, new float[2]);
            else InferenceTests.Method<TrainOn>(model, "Train")(x);
        }
    }

    byte[] File(IGenerativeModel model)
    {
        var path = Path.Combine(folder, "model.safetensors");
        model.Save(path);
        return System.IO.File.ReadAllBytes(path);
    }
}
