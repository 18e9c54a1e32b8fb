using Zoo.Samples.Accelerators;

namespace Zoo.Benchmarks.Gpu;

/// <summary>The accelerator that is measured: the GPU that the sample would take, else PoCL.</summary>
sealed class BestAccelerator : IDisposable
{
    readonly AcceleratedDevice accelerated;

    BestAccelerator(AcceleratedDevice accelerated, bool isPocl) => (this.accelerated, IsPocl) = (accelerated, isPocl);

    public Device Device => accelerated.Device;

    /// <summary>Whether it is this machine's processor under another name.</summary>
    public bool IsPocl { get; }

    public string Name => IsPocl ? $"PoCL, {accelerated.Name}" : accelerated.Name;

    /// <exception cref="NotSupportedException">There is none; the message says why.</exception>
    public static BestAccelerator Open()
    {
        var search = new GpuSearch();
        if (search.Open() is { } gpu) return new(gpu, isPocl: false);
        if (Pocl.Unavailable is { } why)
            throw new NotSupportedException($"There is no accelerator to measure. {string.Concat(search.Refusals.Select(refusal => refusal + ". "))}PoCL cannot stand in: {why}");
        return new(AcceleratedDevice.Open(Pocl.CreateContext(), Pocl.CreateAccelerator), isPocl: true);
    }

    public void Dispose() => accelerated.Dispose();
}
