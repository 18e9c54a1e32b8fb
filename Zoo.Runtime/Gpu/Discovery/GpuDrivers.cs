using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>For programs that make an ILGPU context themselves. <see cref="Device.BestGpu"/> does what is needed on its own.</summary>
public static class GpuDrivers
{
    /// <summary>
    /// Has ILGPU find the drivers as they are installed: <c>libOpenCL.so.1</c> and <c>libcuda.so.1</c>, where it asks for names that only
    /// development packages have and otherwise sees no device. Call it before the first context is made; further calls do nothing.
    /// </summary>
    /// <exception cref="NotSupportedException">ILGPU is not beside the program.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// The program is compiled ahead of time, which ILGPU's own compiler cannot be.
    /// </exception>
    public static void Register()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw new PlatformNotSupportedException(
                "ILGPU needs a runtime that compiles at run time; this program was compiled ahead of time (NativeAOT).");
        }
        GpuLibrary.Needed("GpuDrivers.Register", Register);

        static bool Register()
        {
            DriverLibrary.Register();
            return true;
        }
    }
}
