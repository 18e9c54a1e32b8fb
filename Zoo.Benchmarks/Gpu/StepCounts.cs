using Zoo.Runtime;

namespace Zoo.Benchmarks.Gpu;

/// <summary>What a call asks of the device, counted there.</summary>
/// <param name="Launches">Kernels.</param>
/// <param name="Transfers">Copies, either way.</param>
/// <param name="Synchronizations">
/// How often the host waits for all kernels; a call that only queues does so once in as many calls as the ring of batches has slots. The
/// wait for a batch's
/// own copy, which there is on CUDA only, is not among them.
/// </param>
readonly record struct StepCounts(double Launches, double Transfers, double Synchronizations)
{
    const int Calls = 8 * InputRing.Slots;

    public static StepCounts Of(Action call, GpuDevice gpu)
    {
        // Into the steady state: every slot in flight.
        for (var i = 0; i < InputRing.Slots; i++) call();
        var before = (gpu.Launches, gpu.Transfers, gpu.Synchronizations);
        for (var i = 0; i < Calls; i++) call();
        return new(PerCall(gpu.Launches - before.Launches), PerCall(gpu.Transfers - before.Transfers),
            PerCall(gpu.Synchronizations - before.Synchronizations));
    }

    static double PerCall(long count) => (double)count / Calls;
}
