using Zoo.Samples.Accelerators;

namespace Zoo.Benchmarks.Gpu;

/// <summary>The accelerator that is measured: the best GPU, else PoCL.</summary>
sealed class BestAccelerator : IDisposable
{
    readonly IDisposable owned;

    BestAccelerator(Device device, IDisposable owned, bool isPocl) => (Device, this.owned, IsPocl) = (device, owned, isPocl);

    public Device Device { get; }

    /// <summary>Whether it is this machine's processor under another name.</summary>
    public bool IsPocl { get; }

    public string Name => IsPocl ? $"PoCL, {Device.Accelerator.Accelerator.Name}" : Device.Accelerator.Accelerator.Name;

    /// <exception cref="NotSupportedException">There is none; the message says why.</exception>
    public static BestAccelerator Open()
    {
        try
        {
            var gpu = Device.BestGpu();
            return new(gpu, gpu, isPocl: false);
        }
        catch (NotSupportedException none) when (Pocl.Unavailable is { } why)
        {
            throw new NotSupportedException($"There is no accelerator to measure. {none.Message} PoCL cannot stand in: {why}", none);
        }
        catch (NotSupportedException)
        {
            var pocl = AcceleratedDevice.Open(Pocl.CreateContext(), Pocl.CreateAccelerator);
            return new(pocl.Device, pocl, isPocl: true);
        }
    }

    public void Dispose() => owned.Dispose();
}
