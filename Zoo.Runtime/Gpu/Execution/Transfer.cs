using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>
/// A page-locked array on the host, and the copies between it and a stretch of device memory of the same length. Allocated once; copies are
/// queued.
/// </summary>
sealed class Transfer(GpuDevice gpu, int length) : IDisposable
{
    readonly PageLockedArray1D<float> host = gpu.Accelerator.AllocatePageLocked1D<float>(length, uninitialized: false);

    /// <summary>The host's end.</summary>
    public Span<float> Host => host.Span;

    /// <summary>Queues the copy of the first floats to the device.</summary>
    public void Upload(AcceleratorStream stream, ArrayView<float> memory, int offset, int count)
    {
        if (gpu.CopiesWholeArrays) count = length;
        memory.SubView(offset, count).CopyFrom(stream, host.ArrayView.SubView(0, count));
        gpu.Transfers++;
    }

    /// <summary>Queues the copy of all floats from the device.</summary>
    public void Download(AcceleratorStream stream, ArrayView<float> memory, int offset)
    {
        memory.SubView(offset, length).CopyTo(stream, host.ArrayView);
        gpu.Transfers++;
    }

    public void Dispose() => host.Dispose();
}
