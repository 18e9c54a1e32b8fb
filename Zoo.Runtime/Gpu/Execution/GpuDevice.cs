using System.Globalization;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Zoo.Runtime;

/// <summary>
/// An accelerator with what its models share: a queue for kernels, one for batches on their way in, compiled kernels, and a library of
/// products.
/// </summary>
sealed class GpuDevice : IDisposable
{
    Accelerator? owned;

    GpuDevice(Accelerator accelerator)
    {
        Accelerator = accelerator;
        Compute = accelerator.CreateStream();
        // ILGPU 1.5.3 takes the whole of a page-locked array on OpenCL, whatever part of it is named.
        CopiesWholeArrays = accelerator is CLAccelerator;
        Kernels = new KernelCache(accelerator);
        try
        {
            if (accelerator is not CLAccelerator) Incoming = accelerator.CreateStream();
            Products = CuBlasProducts.Open(accelerator, Compute);
        }
        catch
        {
            Incoming?.Dispose();
            Compute.Dispose();
            throw;
        }
    }

    public Accelerator Accelerator { get; }

    /// <summary>The queue of kernels and of what goes out.</summary>
    public AcceleratorStream Compute { get; }

    /// <summary>The queue of batches, which run ahead of the kernels; null where they must share one.</summary>
    public AcceleratorStream? Incoming { get; }

    public KernelCache Kernels { get; }

    /// <summary>A vendor's products, or null; tests put one of their own here.</summary>
    public ProductLibrary? Products { get; set; }

    public bool CopiesWholeArrays { get; }

    /// <summary>Kernels launched so far, library calls included.</summary>
    public long Launches { get; set; }

    /// <summary>How often the host has waited for all kernels so far.</summary>
    public long Synchronizations { get; private set; }

    /// <summary>How often the host has waited for a batch's own copy so far.</summary>
    public long IncomingWaits { get; private set; }

    /// <summary>Transfers so far, either way.</summary>
    public long Transfers { get; set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Its name, kind and memory.</summary>
    public string Description
    {
        get
        {
            var kind = Accelerator is CLAccelerator openCl
                ? $"OpenCL, {openCl.PlatformName}"
                : Accelerator.AcceleratorType.ToString().ToUpperInvariant();
            var gigabytes = Accelerator.MemorySize / (double)(1 << 30);
            return string.Create(CultureInfo.InvariantCulture, $"{Accelerator.Name} ({kind}), {gigabytes:F1} GiB");
        }
    }

    /// <summary>The best GPU, with a context of its own.</summary>
    /// <exception cref="NotSupportedException">There is none; the message says what was looked for.</exception>
    public static GpuDevice Best()
    {
        var search = new GpuSearch();
        var accelerator = search.Open() ?? throw new NotSupportedException(search.Explanation);
        try
        {
            var device = Of(accelerator);
            device.owned = accelerator;
            return device;
        }
        catch
        {
            Release(accelerator);
            throw;
        }
    }

    public static GpuDevice Of(object accelerator)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        if (accelerator is not Accelerator given)
            throw new ArgumentException($"Expected an ILGPU.Runtime.Accelerator, but got a {accelerator.GetType()}.", nameof(accelerator));
        if (given.IsDisposed)
            throw new ArgumentException($"Expected an accelerator in use, but '{given.Name}' is disposed.", nameof(accelerator));
        const int shared = MapTile.Floats * sizeof(float);
        if (given.AcceleratorType == AcceleratorType.CPU && given.MaxNumThreadsPerGroup < MapTile.Threads)
        {
            throw new NotSupportedException(
                $"'{given.Name}' is ILGPU's simulator on the processor, with groups of {given.MaxNumThreadsPerGroup} threads where "
                    + "kernels need "
                + $"at least {MapTile.Threads} threads: what a context has that found no GPU. {new GpuSearch().Explanation}");
        }
        if (given.MaxNumThreadsPerGroup < MapTile.Threads || given.MaxSharedMemoryPerGroup < shared)
        {
            throw new NotSupportedException(
                $"Expected an accelerator with groups of at least {MapTile.Threads} threads and {shared} bytes of shared memory, but "
                    + $"'{given.Name}' has {given.MaxNumThreadsPerGroup} and {given.MaxSharedMemoryPerGroup}.");
        }
        return new GpuDevice(given);
    }

    /// <summary>Makes the accelerator the calling thread's; every entry begins with it.</summary>
    /// <exception cref="ObjectDisposedException">The device or its accelerator is disposed.</exception>
    public void Bind()
    {
        ObjectDisposedException.ThrowIf(IsDisposed || Accelerator.IsDisposed, typeof(Device));
        Accelerator.Bind();
    }

    /// <summary>Waits for all kernels, and for what goes out behind them.</summary>
    public void Synchronize()
    {
        Compute.Synchronize();
        Synchronizations++;
    }

    /// <summary>Waits for the batches on their way, whatever else still runs.</summary>
    public void AwaitIncoming()
    {
        if (Incoming is null) return;
        Incoming.Synchronize();
        IncomingWaits++;
    }

    public void Dispose()
    {
        lock (this)
        {
            if (IsDisposed) return;
            IsDisposed = true;
            if (Accelerator.IsDisposed) return;
            Accelerator.Bind();
            Products?.Dispose();
            Incoming?.Dispose();
            Compute.Dispose();
            if (owned is not null) Release(owned);
        }
    }

    static void Release(Accelerator accelerator)
    {
        var context = accelerator.Context;
        accelerator.Dispose();
        context.Dispose();
    }
}
