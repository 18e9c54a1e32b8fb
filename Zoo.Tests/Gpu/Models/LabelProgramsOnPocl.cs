using System.Reflection;
using Zoo.Runtime;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Gpu;

/// <summary>Programs with labels on an accelerator, against the interpreter, and what their kernels are as text.</summary>
[Collection(PoclCollection.Name)]
[Trait("Speed", "Slow")]
public sealed class LabelProgramsOnPocl(PoclDevice pocl)
{
    [PoclFact]
    public void ClassifiersAreTheInterpreters() => AreTheInterpreters(
    [
        .. Rehearsal.Part(
        [
            LabelPrograms.Classifier("Many", 70, 5, 700, 33), LabelPrograms.ComputedLabels(37),
            LabelPrograms.Classifier("Ragged", 70, 7, 5, 21),
            LabelPrograms.Classifier("Twice", 9, 11, 4, 18, samples: 2),
        ], 2),
    ]);

    /// <summary>PoCL takes half a second for a kernel, so they are few.</summary>
    [PoclFact]
    public void RandomGraphsAreTheInterpreters() =>
        AreTheInterpreters([.. Enumerable.Range(0, 1000).Select(LabelPrograms.Random).Where(LabelPrograms.IsSmallWithAll).Take(2)]);

    [Fact]
    public void MapsArePlainSingle()
    {
        var program = LabelPrograms.Classifier("Text", 70, 7, 5, 21);
        using var engines = new GraphEngines([program], hasGpu: true);
        var text = engines.Sources[^1];
        Assert.Contains("Lane.LoadRow(memory, memory[", text, StringComparison.Ordinal);
        Assert.Contains("Lane.Iota(column)", text, StringComparison.Ordinal);
        var maps = engines.Engine(program, isGpu: true).GetNestedTypes(BindingFlags.NonPublic)
            .Where(t => t.IsAssignableTo(typeof(IGpuMap))).ToList();
        Assert.NotEmpty(maps);
        foreach (var map in maps) KernelText.Compile(KernelText.Method(typeof(MapKernels), nameof(MapKernels.Tiles), map)).IsPlainSingle();
    }

    void AreTheInterpreters(GraphProgram[] programs)
    {
        Assert.NotEmpty(programs);
        using var engines = new GraphEngines(programs, hasGpu: true);
        foreach (var program in programs)
        {
            var actual = engines.Run(program, pocl.Device);
            foreach (var (name, expected) in program.Expected())
                Tolerances.Close($"{program.Name} {name}", expected, actual[name], Tolerances.Gradient, 1);
            var again = engines.Run(program, pocl.Device);
            foreach (var (name, values) in actual) DeviceRun.SameBits(values, again[name]);
        }
    }
}
