using System.Runtime.InteropServices;
using ILGPU;

namespace Zoo.Samples.Accelerators;

/// <summary>
/// A driver's library under the names it is installed by. ILGPU asks for the name that development packages have, and where that is missing sees no
/// devices without a word. An assembly takes one resolver only, so all libraries of ILGPU are here.
/// </summary>
internal sealed class DriverLibrary
{
    readonly Lazy<nint> handle;

    static DriverLibrary()
    {
        // PoCL would take over the signal that the runtime makes a DivideByZeroException of; it is loaded with any look at OpenCL's devices.
        if (OperatingSystem.IsLinux()) NativeEnvironment.Set("POCL_SIGFPE_HANDLER", "0");
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, (name, _, _) => name.ToUpperInvariant() switch
        {
            "OPENCL" => OpenCl.handle.Value,
            "CUDA" or "NVCUDA" => Cuda.handle.Value,
            _ => 0,
        });
    }

    DriverLibrary(params string[] names)
    {
        Names = names;
        handle = new Lazy<nint>(() =>
        {
            foreach (var name in names)
            {
                if (NativeLibrary.TryLoad(name, out var library)) return library;
            }
            return 0;
        });
    }

    public static DriverLibrary OpenCl { get; } = OperatingSystem.IsWindows() ? new("OpenCL.dll")
        : OperatingSystem.IsMacOS() ? new("/System/Library/Frameworks/OpenCL.framework/OpenCL")
        : new("libOpenCL.so", "libOpenCL.so.1");

    /// <summary>The driver's own; under Windows' Linux it is where no loader looks.</summary>
    public static DriverLibrary Cuda { get; } = OperatingSystem.IsWindows() ? new("nvcuda.dll") : new("libcuda.so", "libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1");

    /// <summary>What it was looked for as.</summary>
    public IReadOnlyList<string> Names { get; }

    public bool IsThere => handle.Value != 0;
}
