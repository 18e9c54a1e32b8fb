using System.Runtime.CompilerServices;
using Zoo.Samples.Accelerators;

namespace Zoo.Samples.CommandLine;

/// <summary>
/// The device that <c>--device</c> and <c>--threads</c> ask for. One that was made for it is disposed with this, so dispose models before
/// it.
/// </summary>
internal sealed class ChosenDevice : IDisposable
{
    public const string Cpu = "cpu";
    public const string Gpu = "gpu";
    public const string Pocl = "pocl";

    readonly IDisposable? owned;

    ChosenDevice(Device device, IDisposable? owned) => (Device, this.owned) = (device, owned);

    public Device Device { get; }

    /// <summary>What the accelerator is; null for processors.</summary>
    public string? AcceleratorName => Device.IsGpu ? Device.ToString() : null;

    /// <summary>Opens it, and says which one an accelerator is, where that is <paramref name="announced"/>.</summary>
    /// <exception cref="CommandException">There is none of this kind; what was found is said.</exception>
    public static ChosenDevice Open(string name, int? threads = null, bool announced = true)
    {
        if (name == Cpu) return threads is { } count ? Own(Device.CpuWith(count)) : new ChosenDevice(Device.Cpu, null);
        // Also what lets ahead-of-time compilers drop ILGPU, which could not run there.
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new CommandException($"--device {name}: not in a program compiled ahead of time, because kernels are compiled when it "
                + "runs. Start it with 'dotnet run', or use --device cpu.");
        var chosen = name == Pocl ? OpenPocl() : OpenGpu();
        if (announced) Console.WriteLine($"Device: {chosen.Device}.");
        return chosen;
    }

    public void Dispose() => owned?.Dispose();

    static ChosenDevice Own(Device device) => new(device, device);

    static ChosenDevice OpenGpu()
    {
        try
        {
            return Own(Device.BestGpu());
        }
        catch (NotSupportedException none)
        {
            var pocl = OperatingSystem.IsLinux() ? $", or --device {Pocl} to try the GPU path on a processor" : "";
            throw new CommandException($"--device {Gpu}: {none.Message}\nUse --device {Cpu}{pocl}.");
        }
    }

    static ChosenDevice OpenPocl()
    {
        if (Accelerators.Pocl.Unavailable is { } why) throw new CommandException($"--device {Pocl}: {why}");
        var accelerated = AcceleratedDevice.Open(Accelerators.Pocl.CreateContext(), Accelerators.Pocl.CreateAccelerator);
        return new ChosenDevice(accelerated.Device, accelerated);
    }
}
