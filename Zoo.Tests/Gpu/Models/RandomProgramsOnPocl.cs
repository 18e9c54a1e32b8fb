using Zoo.Tests.Engines;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Gpu;

/// <summary>
/// Random declarations on PoCL: draws, losses, gradients and updated weights of training steps as on the CPU, which others hold to the
/// oracle. Memory that no kernel has written reads as NaN.
/// </summary>
/// <remarks>
/// PoCL takes half a second for a kernel and more. So there are a hundred models of few layers that share most of theirs: the first eight,
/// then, in the order of their seeds, such as ask for at most one that no model before them has, and at most fifty that ask for none. A run
/// has four of them; a rehearsal all, and a hundred as large as everywhere else, in a quarter of an hour.
/// </remarks>
[Collection(PoclCollection.Name)]
[Trait("Speed", "Slow")]
public class RandomProgramsOnPocl(PoclDevice pocl)
{
    static readonly int[] SharingKernels =
    [
        40000, 40001, 40002, 40003, 40004, 40005, 40006, 40007, 40054, 40095, 40126, 40132, 40142, 40152, 40163, 40199, 40212, 40222, 40228,
        40262, 40281,
        40286, 40324, 40327, 40352, 40364, 40368, 40375, 40388, 40457, 40464, 40465, 40487, 40497, 40509, 40553, 40555, 40563, 40587, 40615,
        40619, 40660,
        40661, 40683, 40689, 40697, 40706, 40715, 40724, 40740, 40747, 40763, 40764, 40825, 40838, 40862, 40878, 40884, 40886, 40888, 40912,
        40952, 40966,
        40981, 40982, 41007, 41014, 41024, 41031, 41099, 41128, 41143, 41144, 41152, 41153, 41179, 41184, 41185, 41232, 41361, 41468, 41592,
        41600, 41650,
        41712, 41719, 41741, 41781, 41794, 41850, 41956, 42023, 42308, 42369, 42500, 42637, 42648, 42834, 42848, 40008,
    ];

    static RandomProgramsOnPocl() => AppContext.SetSwitch("Zoo.PoisonActivations", true);

    [PoclFact]
    public void AgreeWithTheCpu()
    {
        Agree(Rehearsal.IsOn
            ? [.. Enumerable.Range(30_000, 100).Select(RandomModels.Source), .. SharingKernels.Select(RandomModels.Narrow)]
            : [.. SharingKernels.Take(4).Select(RandomModels.Narrow)]);
    }

    /// <summary>Several tiles each way, none of them full: one model, because each has kernels of its own; ten in a rehearsal.</summary>
    [PoclFact]
    public void WideOnesAgreeWithTheCpu()
    {
        Agree([.. Rehearsal.Part(Enumerable.Range(45_000, 10), 1).Select(RandomModels.Wide)]);
    }

    /// <summary>Layers of images: one, because each has kernels of its own; a hundred in a rehearsal.</summary>
    [PoclFact]
    public void ImagesAgreeWithTheCpu()
    {
        Agree([.. Rehearsal.Part(Enumerable.Range(95_000, 100), 1).Select(RandomModels.Images)]);
    }

    void Agree(List<RandomModel> models)
    {
        using var compiled = new CompiledModels(models.Select(m => m.Source), hasGpu: true);
        foreach (var model in models)
        {
            using var gpu = compiled.Create(model.ClassName, 7, pocl.Device);
            using var cpu = compiled.Create(model.ClassName, 7, Device.Cpu);
            try
            {
                for (var step = 0; step < 2; step++) SideBySide.Step($"step {step}", cpu, gpu, RandomProgramTests.Data(model, step));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Random model:\n{model.Source}", exception);
            }
        }
    }
}
