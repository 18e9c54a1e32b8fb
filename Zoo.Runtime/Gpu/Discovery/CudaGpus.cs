using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace Zoo.Runtime;

/// <summary>The GPUs of CUDA.</summary>
internal static class CudaGpus
{
    /// <summary>Those that ILGPU can use, the largest first.</summary>
    /// <param name="refusals">Takes a line for each of the others, or one that says why there are none.</param>
    public static IReadOnlyList<CudaDevice> Find(ICollection<string> refusals)
    {
        if (!DriverLibrary.Cuda.IsThere)
        {
            refusals.Add($"CUDA: there is no driver, {string.Join(" or ", DriverLibrary.Cuda.Names)}");
            return [];
        }
        var usable = new List<CudaDevice>();
        var seen = 0;
        // Not Context.Builder.Cuda: under Windows' Linux it sets the assembly's resolver, which a context of the user's may have set
        // already.
        CudaDevice.GetDevices(device =>
        {
            seen++;
            if (device.InstructionSet is { } set && PTXCodeGenerator.SupportedInstructionSets.Contains(set)) usable.Add(device);
            else
                refusals.Add($"CUDA device '{device.Name}': ILGPU 1.5.3 knows no code for its architecture ({device.Architecture}) with "
                    + $"this driver ({device.DriverVersion})");
            return false;
        });
        if (seen == 0) refusals.Add("CUDA: the driver is there, but it has no device that ILGPU 1.5.3 can read");
        return [.. usable.OrderByDescending(device => device.MemorySize).ThenByDescending(device => device.NumMultiprocessors)];
    }
}
