using Zoo.Runtime;

namespace Zoo.Tests.Engines;

/// <summary>
/// Devices whose workers all take part in every program, be it ever so small and they more than the processors: for what must hold on any
/// number of them.
/// </summary>
static class SharedWork
{
    public static Device Among(int threads, VectorWidth width) => Device.CpuWith(threads, width, operationsPerWorker: 0);

    public static Device Among(int threads) => Among(threads, WidthSwitch.Read());
}
