using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using Zoo.Runtime;

namespace Zoo.Samples.Accelerators;

/// <summary>
/// PoCL, the OpenCL implementation that runs on processors: the GPU path without a GPU. An opt-in, because it takes PoCL 3 for more than it
/// says it is:
/// it has no generic address space by name, although its compiler understands the attribute, so the capability is set by hand (ILGPU
/// 1.5.3).
/// </summary>
internal static class Pocl
{
    static readonly Lazy<string?> Refusal = new(Probe);

    /// <summary>Why PoCL cannot be used here, or null.</summary>
    public static string? Unavailable => Refusal.Value;

    /// <summary>A context with PoCL's devices.</summary>
    /// <param name="configure">What else the context needs.</param>
    /// <exception cref="NotSupportedException">There is none; the message says why.</exception>
    public static Context CreateContext(Action<Context.Builder>? configure = null)
    {
        if (Unavailable is { } why) throw new NotSupportedException(why);
        return Create(configure);
    }

    /// <summary>An accelerator on PoCL's first device.</summary>
    public static Accelerator CreateAccelerator(Context context) => context.GetCLDevice(0).CreateCLAccelerator(context);

    static Context Create(Action<Context.Builder>? configure) => Context.Create(builder =>
    {
        builder.OpenCL(device =>
        {
            if (!IsPocl(device)) return false;
            SetGenericAddressSpace(device.Capabilities, true);
            return true;
        });
        configure?.Invoke(builder);
    });

    static bool IsPocl(CLDevice device) => device.PlatformName.Contains("Portable Computing Language", StringComparison.Ordinal);

    static string? Probe()
    {
        const string packages = "install the Debian packages pocl-opencl-icd and ocl-icd-libopencl1";
        if (!OperatingSystem.IsLinux()) return "PoCL is looked for on Linux only.";
        if (!NativeLibrary.TryLoad("libOpenCL.so.1", out _)) return $"There is no libOpenCL.so.1; {packages}.";
        GpuDrivers.Register();
        NativeEnvironment.Set("POCL_EXTRA_BUILD_FLAGS", "-w -D__generic=__attribute__((opencl_generic))");
        using var context = Create(null);
        return context.GetCLDevices().Count > 0 ? null : $"OpenCL has no PoCL device; {packages}.";
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_GenericAddressSpace")]
    static extern void SetGenericAddressSpace(CLCapabilityContext capabilities, bool value);
}
