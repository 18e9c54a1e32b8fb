using System.Diagnostics;
using ILGPU.Runtime;
using Zoo.Generators.Plans;
using Zoo.Runtime;
using Zoo.Benchmarks.Generation;

namespace Zoo.Benchmarks.Gpu;

/// <summary>
/// Host time that queueing a training step takes: medians of single calls, each entered with the device idle. The batch's way to the device
/// is measured alone, by a ring of the same size on the same queue, so that it can be taken off.
/// </summary>
/// <param name="Train">Microseconds from entering Train to its return.</param>
/// <param name="Batch">Microseconds in which the batch is copied and put on its way; on CUDA also until it has arrived.</param>
readonly record struct QueueTime(double Train, double Batch)
{
    const int Calls = 101;

    /// <summary>Microseconds for one of so many launches, the batch's way taken off.</summary>
    public double PerLaunch(double launches) => (Train - Batch) / launches;

    public static QueueTime Of(Action train, GpuDevice gpu, ModelPlan plan, int batchFloats)
    {
        var layout = new StateTable(plan);
        var (scalars, inputs) = (layout.Scalars, GpuPlan.InputFloats(plan));
        using var memory = gpu.Accelerator.Allocate1D<float>(InputRing.Floats(scalars, inputs));
        using var ring = new InputRing(gpu, 0, scalars, inputs);
        var (values, batch, starts) = (new float[scalars], new float[batchFloats], new int[Inputs.Most]);
        return new(
            Median(gpu, train),
            Median(gpu, () =>
            {
                ring.Fill(memory.View, values, new Inputs(batch, batchFloats), starts);
                ring.Drained();
            }));
    }

    static double Median(GpuDevice gpu, Action call)
    {
        var times = new double[Calls];
        for (var i = -Calls / 4; i < Calls; i++)
        {
            gpu.Synchronize();
            var start = Stopwatch.GetTimestamp();
            call();
            if (i >= 0) times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        gpu.Synchronize();
        Array.Sort(times);
        return times[Calls / 2];
    }
}
