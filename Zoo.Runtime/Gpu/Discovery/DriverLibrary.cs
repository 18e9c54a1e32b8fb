using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// A driver's library under the names it is installed by. ILGPU asks for the name that development packages have, and where that is missing
/// sees no devices without a word.
/// </summary>
internal sealed class DriverLibrary
{
    static readonly Lock Gate = new();
    static bool isRegistered;
    readonly Lazy<nint> handle;

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
    public static DriverLibrary Cuda { get; } = OperatingSystem.IsWindows() ? new("nvcuda.dll")
        : new("libcuda.so", "libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1");

    /// <summary>What it was looked for as.</summary>
    public IReadOnlyList<string> Names { get; }

    public bool IsThere => handle.Value != 0;

    /// <summary>
    /// Gives ILGPU the libraries that it does not find itself. Asked last, by an event: the resolver of an assembly can be set once only,
    /// and ILGPU sets one under Windows' Linux.
    /// </summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (isRegistered) return;
            // PoCL would take over the signal that the runtime makes a DivideByZeroException of; it is loaded with any look at OpenCL's
            // devices.
            if (OperatingSystem.IsLinux()) SetEnvironment("POCL_SIGFPE_HANDLER", "0", overwrite: 0);
            (AssemblyLoadContext.GetLoadContext(typeof(Context).Assembly) ?? AssemblyLoadContext.Default).ResolvingUnmanagedDll += Resolve;
            isRegistered = true;
        }
    }

    static nint Resolve(Assembly assembly, string name) => assembly != typeof(Context).Assembly ? 0 : name.ToUpperInvariant() switch
    {
        "OPENCL" => OpenCl.handle.Value,
        "CUDA" or "NVCUDA" => Cuda.handle.Value,
        _ => 0,
    };

    // The environment that native libraries read, which the managed one does not reach.
    [DllImport("libc", EntryPoint = "setenv")]
    static extern int SetEnvironment(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
