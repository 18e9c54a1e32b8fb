using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;

namespace Zoo.Runtime;

/// <summary>
/// Kernels for OpenCL, as ILGPU 1.5.3 writes them but for two things. Barriers order local memory too: ILGPU names global memory alone, and
/// what groups hand over lies in local memory; PoCL orders both, but the standard promises only what is named. And a kernel's text is the
/// same whatever was compiled before it: drivers keep what they have built by its text, and a kernel takes half a second to build.
/// </summary>
static partial class OpenClKernels
{
    const string Written = "work_group_barrier ( CLK_GLOBAL_MEM_FENCE )";
    const string Meant = "work_group_barrier ( CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE )";

    /// <summary>Compiles an explicitly grouped kernel.</summary>
    public static TLauncher Load<TLauncher>(CLAccelerator accelerator, MethodInfo kernel) where TLauncher : Delegate
    {
        var compiled = (CLCompiledKernel)accelerator.Backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default);
        Source(compiled) = AsBuilt(compiled.Source);
        return accelerator.LoadKernel(compiled).CreateLauncherDelegate<TLauncher>();
    }

    /// <summary>ILGPU's text as a driver gets it.</summary>
    internal static string AsBuilt(string source) => WithOwnOrdinals(WithLocalFences(source));

    /// <summary>The text with every barrier as it is meant.</summary>
    /// <exception cref="NotSupportedException">There is a barrier that this version of ILGPU was not known to write.</exception>
    internal static string WithLocalFences(string source)
    {
        var mended = source.Replace(Written, Meant, StringComparison.Ordinal);
        return mended.Split("barrier").Length == mended.Split(Meant).Length
            ? mended
            : throw new NotSupportedException("ILGPU wrote a barrier of an unknown form into an OpenCL kernel; version 1.5.3 is expected.");
    }

    /// <summary>The text with its types and labels counted from the first, instead of on from those of the kernels before it.</summary>
    static string WithOwnOrdinals(string source)
    {
        var ordinals = new Dictionary<string, int>();
        return CountedName().Replace(source, name =>
        {
            if (!ordinals.TryGetValue(name.Value, out var ordinal)) ordinals.Add(name.Value, ordinal = ordinals.Count);
            return $"{name.Groups[1].Value}_{ordinal}";
        });
    }

    [GeneratedRegex(@"\b(type|L)_\d+")]
    private static partial Regex CountedName();

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Source>k__BackingField")]
    static extern ref string Source(CLCompiledKernel kernel);
}
