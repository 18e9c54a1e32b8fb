using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Zoo.Runtime;

/// <summary>
/// Compiled kernels of an accelerator, made when first asked for, and once for equal contents whatever model they come from. It keeps the
/// launchers, since
/// ILGPU holds kernels weakly.
/// </summary>
sealed class KernelCache(Accelerator accelerator)
{
    readonly Dictionary<(KernelKind Kind, string Map), Delegate> loaded = [];

    /// <summary>How many have been compiled.</summary>
    public int Count => loaded.Count;

    /// <summary>The launcher of a kernel; returns the same one always, and allocates nothing from the second time on.</summary>
    /// <param name="kind">The kernel.</param>
    /// <param name="map">The content hash of its map; empty where it has none.</param>
    /// <param name="kernel">Gives the kernel's method.</param>
    /// <exception cref="InvalidOperationException">It does not compile, which leaves the accelerator's context unusable.</exception>
    public Action<AcceleratorStream, KernelConfig, ArrayView<float>, T> Get<T>(
        KernelKind kind, string map, Func<Action<ArrayView<float>, T>> kernel) where T : struct =>
        loaded.TryGetValue((kind, map), out var known)
            ? (Action<AcceleratorStream, KernelConfig, ArrayView<float>, T>)known
            : Load(kind, map, kernel());

    /// <summary>The same for a kernel of two arguments.</summary>
    /// <inheritdoc cref="Get{T}(KernelKind, string, Func{Action{ArrayView{float}, T}})"/>
    public Action<AcceleratorStream, KernelConfig, ArrayView<float>, T1, T2> Get<T1, T2>(
        KernelKind kind, string map, Func<Action<ArrayView<float>, T1, T2>> kernel)
        where T1 : struct where T2 : struct =>
        loaded.TryGetValue((kind, map), out var known)
            ? (Action<AcceleratorStream, KernelConfig, ArrayView<float>, T1, T2>)known
            : Load(kind, map, kernel());

    // Closures are made when these are entered, which is once.
    Action<AcceleratorStream, KernelConfig, ArrayView<float>, T> Load<T>(KernelKind kind, string map, Action<ArrayView<float>, T> kernel)
        where T : struct =>
        Load(kind, map, kernel.Method, () => accelerator.LoadKernel(kernel));

    Action<AcceleratorStream, KernelConfig, ArrayView<float>, T1, T2> Load<T1, T2>(
        KernelKind kind, string map, Action<ArrayView<float>, T1, T2> kernel)
        where T1 : struct where T2 : struct =>
        Load(kind, map, kernel.Method, () => accelerator.LoadKernel(kernel));

    TLauncher Load<TLauncher>(KernelKind kind, string map, MethodInfo method, Func<TLauncher> load) where TLauncher : Delegate
    {
        TLauncher launcher;
        try
        {
            launcher = accelerator is CLAccelerator openCl ? OpenClKernels.Load<TLauncher>(openCl, method) : load();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidOperationException(
                $"The kernel {kind}{(map.Length == 0 ? "" : $" with map {map}")} was not compiled for '{accelerator.Name}'. ILGPU's "
                    + "context cannot be used further.", exception);
        }
        loaded.Add((kind, map), launcher);
        return launcher;
    }
}
