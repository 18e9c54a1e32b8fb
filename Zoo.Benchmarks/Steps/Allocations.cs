using System.Globalization;

namespace Zoo.Benchmarks.Steps;

/// <summary>
/// Managed bytes that 1,000 steps allocate, in the whole process, worker threads included: counted in a child process of its own, in which
/// TorchSharp is never loaded.
/// </summary>
static class Allocations
{
    public const string Command = "allocations";

    /// <summary>Starts the child and reads its answer.</summary>
    public static long Measure(StepCase of, int threads)
    {
        var answer = ChildProcess.Run([Command, of.Name, threads.ToString(CultureInfo.InvariantCulture)], ChildProcess.NoTiers);
        return long.Parse(answer, CultureInfo.InvariantCulture);
    }

    /// <summary>The child.</summary>
    public static void Count(string name, int threads)
    {
        var each = StepCase.Of(name);
        using var device = Device.CpuWith(threads);
        using (var step = ZooStep.Create(each, device))
        {
            // Past every tier of the JIT, and past what it allocates when it publishes a tier's code.
            for (var i = 0; i < 400 / each.Calls; i++) step.Step();
            Thread.Sleep(300);
            for (var i = 0; i < 100 / each.Calls; i++) step.Step();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 1000 / each.Calls; i++) step.Step();
            Console.WriteLine((GC.GetTotalAllocatedBytes(precise: true) - before).ToString(CultureInfo.InvariantCulture));
        }
    }
}
