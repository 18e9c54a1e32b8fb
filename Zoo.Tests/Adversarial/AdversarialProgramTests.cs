using Zoo.Runtime;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Adversarial;

/// <summary>Models with several phases on the CPU: the oracle, vector widths, threads, and the ways to take a step.</summary>
public sealed class AdversarialProgramTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("zoo-phases-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> Models => [.. AdversarialDeclarations.All.Keys];

    static readonly VectorWidth[] Widths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    /// <summary>
    /// Seven steps are more than two rounds of a phase that is due at every third; narrower vectors do one round and begin another.
    /// </summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void EveryPhaseAgreesWithTheOracle(string name)
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All[name]]);
        var trace = compiled.Traces["M"];
        for (var i = 0; i < Widths.Length; i++)
        {
            using var device = Device.CpuWith(1 + i % 3, Widths[i]);
            using IGenerativeModel halves = compiled.Create("M", 5, device), whole = compiled.Create("M", 5, device);
            var (steps, losses) = (new PhasedSteps(trace, halves), new float[whole.LossNames.Length]);
            for (var step = 0; step < (i == 0 ? 7 : 4); step++)
            {
                var batch = TrainingBatch.Of(trace, step);
                var expected = steps.Step(batch);
                batch.Step(whole, losses);
                Assert.Equal(expected.Select(double.IsNaN), losses.Select(float.IsNaN));
                for (var l = 0; l < losses.Length; l++)
                    if (!double.IsNaN(expected[l]))
                        Tolerances.Close($"{Widths[i]} step {step} {whole.LossNames[l]}", [expected[l]], [losses[l]], Tolerances.Loss, 1);
            }
            // Step is its halves, to the bit, in everything that a file holds.
            Assert.Equal(File(halves), File(whole));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ThreadsTrainingAndResumingGiveTheSameFile(string name)
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All[name]]);
        var trace = compiled.Traces["M"];
        byte[]? first = null;
        foreach (var threads in (int[])[1, 2, 3])
        {
            using var device = Device.CpuWith(threads);
            using var step = compiled.Create("M", 9, device);
            for (var i = 0; i < 7; i++) TrainingBatch.Of(trace, i).Step(step, new float[step.LossNames.Length]);
            first ??= File(step);
            Assert.Equal(first, File(step));
        }
        // Without losses, and through a checkpoint at a step that ends no round of the phases.
        using var begun = compiled.Create("M", 9, Device.Cpu);
        for (var i = 0; i < 4; i++) TrainingBatch.Of(trace, i).Train(begun);
        var path = System.IO.Path.Combine(folder, "begun.safetensors");
        begun.Save(path);
        using var resumed = compiled.Load("M", path);
        for (var i = 4; i < 7; i++) TrainingBatch.Of(trace, i).Train(resumed);
        Assert.Equal(first, File(resumed));
    }

    byte[] File(IGenerativeModel model)
    {
        var path = System.IO.Path.Combine(folder, "model.safetensors");
        model.Save(path);
        return System.IO.File.ReadAllBytes(path);
    }
}
