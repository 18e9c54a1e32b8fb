using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Samples.Accelerators;

/// <summary>A device with the accelerator and the context under it, which end in that order.</summary>
internal sealed class AcceleratedDevice : IDisposable
{
    readonly Context context;
    readonly Accelerator accelerator;

    AcceleratedDevice(Context context, Accelerator accelerator)
    {
        (this.context, this.accelerator) = (context, accelerator);
        Device = Device.Gpu(accelerator);
    }

    public Device Device { get; }

    public string Name => accelerator.Name;

    /// <param name="context">Disposed with the device, and where there will be none.</param>
    /// <param name="create">Makes the accelerator.</param>
    public static AcceleratedDevice Open(Context context, Func<Context, Accelerator> create)
    {
        Accelerator? accelerator = null;
        try
        {
            accelerator = create(context);
            return new AcceleratedDevice(context, accelerator);
        }
        catch
        {
            accelerator?.Dispose();
            context.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Device.Dispose();
        accelerator.Dispose();
        context.Dispose();
    }
}
