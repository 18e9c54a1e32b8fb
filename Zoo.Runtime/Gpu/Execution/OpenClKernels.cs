using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;

namespace Zoo.Runtime;

/// <summary>
/// Kernels for OpenCL, whose barriers order local memory too. ILGPU 1.5.3 writes every barrier for global memory alone, and what groups
/// hand over lies in
/// local memory: PoCL orders both, but the standard promises only what is named.
/// </summary>
static class OpenClKernels
{
    const string Written = "work_group_barrier ( CLK_GLOBAL_MEM_FENCE )";
    const string Meant = "work_group_barrier ( CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE )";

    /// <summary>Compiles an explicitly grouped kernel.</summary>
    public static TLauncher Load<TLauncher>(CLAccelerator accelerator, MethodInfo kernel) where TLauncher : Delegate
    {
        var compiled = (CLCompiledKernel)accelerator.Backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default);
        Source(compiled) = WithLocalFences(compiled.Source);
        return accelerator.LoadKernel(compiled).CreateLauncherDelegate<TLauncher>();
    }

    /// <summary>The text with every barrier as it is meant.</summary>
    /// <exception cref="NotSupportedException">There is a barrier that this version of ILGPU was not known to write.</exception>
    internal static string WithLocalFences(string source)
    {
        var mended = source.Replace(Written, Meant, StringComparison.Ordinal);
        return mended.Split("barrier").Length == mended.Split(Meant).Length
            ? mended
            : throw new NotSupportedException("ILGPU wrote a barrier of an unknown form into an OpenCL kernel; version 1.5.3 is expected.");
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Source>k__BackingField")]
    static extern ref string Source(CLCompiledKernel kernel);
}
