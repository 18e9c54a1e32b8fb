using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using Zoo.Samples.Accelerators;

namespace Zoo.Tests.Gpu;

/// <summary>
/// One PoCL accelerator for a collection of tests, which run one after another: OpenCL calls from several threads are not safe in ILGPU
/// 1.5.3.
/// </summary>
public sealed class PoclDevice : IDisposable
{
    readonly Lazy<(Context Context, Accelerator Accelerator)> made = new(() =>
    {
        var context = Pocl.CreateContext();
        return (context, Pocl.CreateAccelerator(context));
    });

    readonly Lazy<Device> device;

    public PoclDevice() => device = new(() => Device.Gpu(Accelerator));

    public Accelerator Accelerator => made.Value.Accelerator;

    /// <summary>The accelerator as models take it, so that all tests share what it has compiled.</summary>
    public Device Device => device.Value;

    // ILGPU holds kernels weakly, and builds one again (a quarter of a second on PoCL) whose launcher was collected.
    readonly Dictionary<MethodInfo, Delegate> launchers = [];

    /// <summary>A kernel's launcher, made once.</summary>
    public Action<AcceleratorStream, KernelConfig, ArrayView<float>, T> Load<T>(Action<ArrayView<float>, T> kernel) where T : struct
    {
        if (!launchers.TryGetValue(kernel.Method, out var launcher))
            launchers.Add(kernel.Method, launcher = Accelerator.LoadKernel(kernel));
        return (Action<AcceleratorStream, KernelConfig, ArrayView<float>, T>)launcher;
    }

    /// <summary>A kernel's launcher, made once.</summary>
    public Action<AcceleratorStream, KernelConfig, ArrayView<float>, T1, T2> Load<T1, T2>(Action<ArrayView<float>, T1, T2> kernel)
        where T1 : struct where T2 : struct
    {
        if (!launchers.TryGetValue(kernel.Method, out var launcher))
            launchers.Add(kernel.Method, launcher = Accelerator.LoadKernel(kernel));
        return (Action<AcceleratorStream, KernelConfig, ArrayView<float>, T1, T2>)launcher;
    }

    public void Dispose()
    {
        if (!made.IsValueCreated) return;
        if (device.IsValueCreated) Device.Dispose();
        made.Value.Accelerator.Dispose();
        made.Value.Context.Dispose();
    }
}

/// <summary>Tests that share the accelerator.</summary>
[CollectionDefinition(Name)]
public sealed class PoclCollection : ICollectionFixture<PoclDevice>
{
    public const string Name = "PoCL";
}
