using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;

namespace Zoo.Runtime;

/// <summary>The GPUs of OpenCL.</summary>
internal static class OpenClGpus
{
    // CL_DEVICE_HOST_UNIFIED_MEMORY, which ILGPU's list leaves out.
    const CLDeviceInfoType HostUnifiedMemory = (CLDeviceInfoType)0x1035;

    /// <summary>
    /// Those that ILGPU can use, the largest first; after them those that share the processor's memory, which makes small ones look large.
    /// </summary>
    /// <param name="refusals">Takes a line for each of the others, or one that says why there are none.</param>
    public static IReadOnlyList<CLDevice> Find(ICollection<string> refusals)
    {
        if (!DriverLibrary.OpenCl.IsThere)
        {
            refusals.Add($"OpenCL: there is no {string.Join(" or ", DriverLibrary.OpenCl.Names)}");
            return [];
        }
        var usable = new List<CLDevice>();
        var seen = 0;
        // ILGPU's own choice drops the others without a word.
        CLDevice.GetDevices(device =>
        {
            seen++;
            if (Refusal(device.DeviceType, device.CLStdVersion, device.Capabilities.GenericAddressSpace) is not { } why) usable.Add(device);
            else refusals.Add($"OpenCL device '{device.Name}' (platform {device.PlatformName}): {why}");
            return false;
        });
        if (seen == 0) refusals.Add("OpenCL: its library is there, but no driver with a device");
        return [.. usable.OrderBy(SharesMemory).ThenByDescending(device => device.MemorySize)
            .ThenByDescending(device => device.NumMultiprocessors)];
    }

    /// <summary>Why a device cannot be used, or null.</summary>
    public static string? Refusal(CLDeviceType type, CLCVersion version, bool genericAddressSpace)
    {
        if (type.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU)) return "a processor, not a GPU";
        if (!type.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU)) return "not a GPU";
        return version >= CLCVersion.CL20 && genericAddressSpace ? null
            : $"it has OpenCL {version.Major}.{version.Minor}; needed is 2.0, or 3.0 with the generic address space";
    }

    static bool SharesMemory(CLDevice device) =>
        device.GetDeviceInfo(HostUnifiedMemory, out int shares) == CLError.CL_SUCCESS && shares != 0;
}
