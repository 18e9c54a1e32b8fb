namespace Zoo.Samples.CommandLine;

/// <summary>The device that <c>--threads</c> asks for; one that was made for it is disposed with this.</summary>
internal sealed class ChosenDevice(int? threads) : IDisposable
{
    public Device Device { get; } = threads is { } count ? Device.CpuWith(count) : Device.Cpu;

    public void Dispose()
    {
        if (threads is not null) Device.Dispose();
    }
}
