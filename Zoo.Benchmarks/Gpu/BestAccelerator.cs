using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Zoo.Samples.Accelerators;

namespace Zoo.Benchmarks.Gpu;

/// <summary>The accelerator that is measured: a GPU where there is one, the one with the most multiprocessors; else PoCL.</summary>
sealed class BestAccelerator : IDisposable
{
    readonly Context context;
    readonly Accelerator accelerator;

    BestAccelerator(Context context, Accelerator accelerator, bool isPocl)
    {
        (this.context, this.accelerator, IsPocl) = (context, accelerator, isPocl);
        Device = Device.Gpu(accelerator);
    }

    public Device Device { get; }

    /// <summary>Whether it is this machine's processor under another name.</summary>
    public bool IsPocl { get; }

    public string Name => IsPocl ? $"PoCL, {accelerator.Name}" : accelerator.Name;

    /// <exception cref="NotSupportedException">There is none; the message says why.</exception>
    public static BestAccelerator Open()
    {
        // Before the first OpenCL call, which PoCL must be prepared for and other platforms profit from.
        var noPocl = Pocl.Unavailable;
        var noGpu = "ILGPU finds no GPU of CUDA or OpenCL";
        var gpus = Context.Create(builder => builder.Cuda().OpenCL());
        try
        {
            var best = gpus.Devices.Where(d => d is CudaDevice or CLDevice { DeviceType: CLDeviceType.CL_DEVICE_TYPE_GPU })
                .OrderByDescending(d => d.AcceleratorType == AcceleratorType.Cuda).ThenByDescending(d => d.NumMultiprocessors).FirstOrDefault();
            if (best is not null) return new(gpus, best.CreateAccelerator(gpus), isPocl: false);
        }
        catch (Exception exception) when (exception is AcceleratorException or NotSupportedException)
        {
            noGpu = $"the GPU cannot be used ({exception.Message})";
        }
        gpus.Dispose();
        if (noPocl is not null) throw new NotSupportedException($"No accelerator to measure: {noGpu}, and PoCL cannot stand in. {noPocl}");
        var pocl = Pocl.CreateContext();
        return new(pocl, Pocl.CreateAccelerator(pocl), isPocl: true);
    }

    public void Dispose()
    {
        Device.Dispose();
        accelerator.Dispose();
        context.Dispose();
    }
}
