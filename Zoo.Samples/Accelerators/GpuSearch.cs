using ILGPU;

namespace Zoo.Samples.Accelerators;

/// <summary>Looks for the best GPU: those of CUDA before those of OpenCL, large before small.</summary>
internal sealed class GpuSearch
{
    readonly List<string> refusals = [];

    /// <summary>What was found and why it was not taken, a line each.</summary>
    public IReadOnlyList<string> Refusals => refusals;

    /// <summary>The best one, or null.</summary>
    public AcceleratedDevice? Open() => First(CudaGpus.Find(refusals)) ?? First(OpenClGpus.Find(refusals));

    AcceleratedDevice? First(IEnumerable<ILGPU.Runtime.Device> usable)
    {
        foreach (var gpu in usable)
        {
            try
            {
                return AcceleratedDevice.Open(Context.Create(_ => { }), gpu.CreateAccelerator);
            }
            catch (Exception error)
            {
                // Whatever a driver throws, the next device may do.
                refusals.Add($"{gpu.AcceleratorType} device '{gpu.Name}': {error.GetType().Name}: {error.Message}");
            }
        }
        return null;
    }
}
