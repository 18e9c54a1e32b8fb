using System.Diagnostics;
using System.Globalization;
using Zoo.Benchmarks.Steps;

namespace Zoo.Benchmarks.Gpu;

/// <summary>
/// The first step of a process, which compiles its kernels: with the driver's cache of binaries empty, and once more with what that left
/// there.
/// </summary>
/// <param name="Cold">Milliseconds with an empty cache.</param>
/// <param name="Cached">Milliseconds with a full one: ILGPU and the JIT still compile.</param>
/// <param name="Kernels">Kernels compiled.</param>
readonly record struct FirstStep(double Cold, double Cached, int Kernels)
{
    public const string Command = "gpu-first-step";

    /// <summary>Starts two children and reads their answers.</summary>
    public static FirstStep Measure(VaeCase vae)
    {
        var cache = Directory.CreateTempSubdirectory("zoo-kernels-");
        try
        {
            var (cold, kernels) = Child(vae, cache);
            return new(cold, Child(vae, cache).Milliseconds, kernels);
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    /// <summary>The child.</summary>
    public static void Time(string name)
    {
        using var best = BestAccelerator.Open();
        using var step = ZooStep.Create(StepCase.Of(name), best.Device);
        var start = Stopwatch.GetTimestamp();
        step.Step();
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} {best.Device.Accelerator.Kernels.Count}"));
    }

    static (double Milliseconds, int Kernels) Child(VaeCase vae, DirectoryInfo cache)
    {
        // PoCL's variable, and CUDA's.
        var answer = ChildProcess.Run([Command, vae.Name], ("POCL_CACHE_DIR", cache.FullName), ("CUDA_CACHE_PATH", cache.FullName))
            .Split(' ');
        return (double.Parse(answer[0], CultureInfo.InvariantCulture), int.Parse(answer[1], CultureInfo.InvariantCulture));
    }
}
