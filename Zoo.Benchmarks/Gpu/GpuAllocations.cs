using System.Globalization;
using Zoo.Benchmarks.Steps;

namespace Zoo.Benchmarks.Gpu;

/// <summary>
/// Managed bytes of the whole process over steps on the accelerator, Train and Step in turns, in a child process in which nothing else
/// runs.
/// </summary>
static class GpuAllocations
{
    public const string Command = "gpu-allocations";

    /// <summary>Starts the child and reads its answer.</summary>
    public static long Measure(VaeCase vae, int steps)
    {
        var answer = ChildProcess.Run([Command, vae.Name, steps.ToString(CultureInfo.InvariantCulture)], ChildProcess.NoTiers);
        return long.Parse(answer, CultureInfo.InvariantCulture);
    }

    /// <summary>The child.</summary>
    public static void Count(string name, int steps)
    {
        using var best = BestAccelerator.Open();
        using var step = ZooStep.Create(StepCase.Of(name), best.Device);
        // Past every tier of the JIT, and past what it allocates when it publishes a tier's code.
        Alternate(step, 120);
        Thread.Sleep(300);
        Alternate(step, 60);
        Thread.Sleep(300);
        Alternate(step, 20);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Alternate(step, steps);
        Console.WriteLine((GC.GetTotalAllocatedBytes(precise: true) - before).ToString(CultureInfo.InvariantCulture));
    }

    static void Alternate(ZooStep step, int steps)
    {
        for (var i = 0; i < steps; i += 2)
        {
            step.Train();
            step.Step();
        }
    }
}
