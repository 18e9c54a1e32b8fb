using System.Text.RegularExpressions;
using Zoo.Tests.Engines;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Gpu;

/// <summary>
/// Random declarations on PoCL: draws, losses, gradients and updated weights of training steps as on the CPU, which others hold to the oracle. Memory that no
/// kernel has written reads as NaN.
/// </summary>
/// <remarks>
/// PoCL takes half a second for a kernel. So a run has a hundred models of few layers, in the order of their seeds, of which each but the first four asks for
/// at most two kernels that no model before it has. With ZOO_REHEARSAL=1 in the environment: a hundred models as large as everywhere else, in ten minutes.
/// </remarks>
[Collection(PoclCollection.Name)]
[Trait("Speed", "Slow")]
public partial class RandomProgramsOnPocl(PoclDevice pocl)
{
    const int Programs = 100;

    static RandomProgramsOnPocl() => AppContext.SetSwitch("Zoo.PoisonActivations", true);

    [PoclFact]
    public void AgreeWithTheCpu()
    {
        var models = Environment.GetEnvironmentVariable("ZOO_REHEARSAL") == "1"
            ? [.. Enumerable.Range(30_000, Programs).Select(RandomModels.Source)]
            : SharingKernels();
        Assert.Equal(Programs, models.Count);
        using var compiled = new CompiledModels(models.Select(m => m.Source), hasGpu: true);
        foreach (var model in models)
        {
            using var gpu = compiled.Create(model.ClassName, 7, pocl.Device);
            using var cpu = compiled.Create(model.ClassName, 7, Device.Cpu);
            try
            {
                TwoSteps(model, gpu, cpu);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Random model:\n{model.Source}", exception);
            }
        }
    }

    static List<RandomModel> SharingKernels()
    {
        var known = new HashSet<string>();
        var models = new List<RandomModel>();
        for (var seed = 40_000; seed < 41_000 && models.Count < Programs; seed++)
        {
            var model = RandomModels.Narrow(seed);
            var kernels = KernelsOfAStep(GeneratorRun.Of(model.Source).Files.Single(f => f.Name.EndsWith(".Gpu.g.cs", StringComparison.Ordinal)).Text);
            if (models.Count >= 4 && kernels.Count(k => !known.Contains(k)) > 2) continue;
            known.UnionWith(kernels);
            models.Add(model);
        }
        return models;
    }

    /// <summary>Kernels with a map that the gradients' program launches, each with the hash of its map's content.</summary>
    static HashSet<string> KernelsOfAStep(string engine)
    {
        var hashes = ContentHash().Matches(engine).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var start = engine.IndexOf("void Gradients()", StringComparison.Ordinal);
        var step = engine[start..engine.IndexOf("void TrainingGradients()", StringComparison.Ordinal)];
        return [.. Launch().Matches(step).Select(m => m.Groups[1].Value + hashes[m.Groups[2].Value])];
    }

    [GeneratedRegex("""struct (\w+) : IGpuMap\s+{\s+public static string ContentHash => "(\w+)";""")]
    private static partial Regex ContentHash();

    [GeneratedRegex(@"(Product|Map|MapTiles)<(\w+)>\(")]
    private static partial Regex Launch();

    static void TwoSteps(RandomModel model, IGenerativeModel gpu, IGenerativeModel cpu)
    {
        float[] expected = new float[3], actual = new float[3];
        for (var step = 0; step < 2; step++)
        {
            var x = RandomProgramTests.Data(model, step);
            cpu.Step(x, default, default, expected);
            gpu.Step(x, default, default, actual);
            Close($"step {step} losses", expected, actual, Tolerances.Loss, 1);
            foreach (var name in cpu.Draws.Names)
            {
                float[] wanted = new float[cpu.Draws.Length(name)], drawn = new float[gpu.Draws.Length(name)];
                cpu.Draws.CopyTo(name, wanted);
                gpu.Draws.CopyTo(name, drawn);
                Close($"step {step} draw {name}", wanted, drawn, 1e-6, 1);
            }
            foreach (var parameter in cpu.Parameters)
            {
                float[] wanted = new float[parameter.Length], got = new float[parameter.Length];
                parameter.CopyGradientTo(wanted);
                gpu.Parameters[parameter.Name].CopyGradientTo(got);
                Close($"step {step} gradient of {parameter.Name}", wanted, got, Tolerances.Gradient, 1e-3);
                parameter.CopyTo(wanted);
                gpu.Parameters[parameter.Name].CopyTo(got);
                Close($"step {step} {parameter.Name}", wanted, got, Tolerances.Gradient, 1e-3);
            }
        }
    }

    static void Close(string what, float[] expected, float[] actual, double relative, double floor) =>
        Tolerances.Close(what, [.. expected.Select(v => (double)v)], actual, relative, floor);
}
