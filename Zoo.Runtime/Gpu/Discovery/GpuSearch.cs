using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>Looks for the best GPU: those of CUDA before those of OpenCL, large before small.</summary>
internal sealed class GpuSearch
{
    readonly List<string> refusals = [];
    readonly List<ILGPU.Runtime.Device> usable = [];
    int failures;

    /// <summary>Looks, and opens nothing.</summary>
    public GpuSearch()
    {
        DriverLibrary.Register();
        usable.AddRange(CudaGpus.Find(refusals));
        usable.AddRange(OpenClGpus.Find(refusals));
    }

    /// <summary>What was found and why it was not taken, a line each.</summary>
    public IReadOnlyList<string> Refusals => refusals;

    /// <summary>The best one with a context of its own, or null.</summary>
    public Accelerator? Open()
    {
        foreach (var gpu in usable)
        {
            Context? context = null;
            try
            {
                context = Context.Create(_ => { });
                return gpu.CreateAccelerator(context);
            }
            catch (Exception error)
            {
                // Whatever a driver throws, the next device may do.
                context?.Dispose();
                failures++;
                refusals.Add($"{gpu.AcceleratorType} device '{gpu.Name}': {error.GetType().Name}: {error.Message}");
            }
        }
        return null;
    }

    /// <summary>Why there is no GPU, what was looked for, and what to install; or which one there would have been.</summary>
    public string Explanation => usable.Count > failures
        ? $"There is a GPU here, '{usable[0].Name}': Device.BestGpu() takes it."
        : $"No GPU can be used here.\n{string.Concat(refusals.Select(refusal => $"  {refusal}.\n"))}{Advice}";

    static string Advice => OperatingSystem.IsLinux()
        ? "Install NVIDIA's driver for CUDA, which brings libcuda.so.1; or for a GPU with OpenCL 2.0 or newer its maker's driver and "
            + "libOpenCL.so.1 (Debian: ocl-icd-libopencl1)."
        : "Install NVIDIA's driver for CUDA, or the driver of a GPU with OpenCL 2.0 or newer.";
}
