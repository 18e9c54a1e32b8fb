using System.Globalization;
using Zoo.Benchmarks.Generation;
using Zoo.Benchmarks.Projections;
using Zoo.Benchmarks.Steps;
using Zoo.Generators.Plans;

namespace Zoo.Benchmarks.Gpu;

/// <summary>
/// <c>gpu</c>: each case on the accelerator against the processor in alternating blocks of one run, what a step asks of the device, what it
/// allocates, and
/// how far its losses are from the processor's. Then what counted work projects for GPUs that nobody has measured.
/// </summary>
static class GpuReport
{
    public static int Run(Output output)
    {
        BestAccelerator best;
        try
        {
            best = BestAccelerator.Open();
        }
        catch (NotSupportedException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
        using (best)
        {
            output.Remark($"On {best.Name}{(best.IsPocl ? ": this machine's processor through OpenCL, not a GPU" : "")}.");
            foreach (var vae in VaeCase.All) Measure(output, vae, best);
        }
        output.Remark(string.Create(CultureInfo.InvariantCulture,
            $"Projections from counted operations and bytes and from data sheets; no such GPU was measured. {Roofline.LaunchMicroseconds} "
                + $"µs a launch are assumed."));
        foreach (var vae in VaeCase.All) Project(output, vae);
        return 0;
    }

    static void Measure(Output output, VaeCase vae, BestAccelerator best)
    {
        var gpu = best.Device.Accelerator;
        var first = FirstStep.Measure(vae);
        StepCounts train, step;
        QueueTime queue;
        Timing[] times;
        using (var theirs = ZooStep.Create(vae, best.Device))
        using (var ours = ZooStep.Create(vae, Device.Cpu))
        {
            theirs.Step();
            times = Contest.Run(
                [theirs.Train, ours.Train, theirs.Step, ours.Step], blocks: 15, blockMilliseconds: 200, settleMilliseconds: 60,
                wait: gpu.Synchronize);
            (train, step) = (StepCounts.Of(theirs.Train, gpu), StepCounts.Of(theirs.Step, gpu));
            queue = QueueTime.Of(theirs.Train, gpu, GpuPlan.Of(vae), vae.Batch * vae.Input);
        }
        var (gpuTrain, cpuTrain, gpuStep, cpuStep) = (times[0].Median, times[1].Median, times[2].Median, times[3].Median);
        // A minute's worth of steps; 1,000 wherever that is enough for them.
        var steps = Math.Clamp((int)(70_000 / gpuStep) / 100 * 100, 100, 1000);
        var bytes = GpuAllocations.Measure(vae, steps);
        var deviation = LossDeviation.Of(vae, best.Device, Device.Cpu);
        output.Figure(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{vae.Name,-20} Train {gpuTrain,7:F3} ms (processor {cpuTrain,6:F3}), Step {gpuStep,7:F3} ms (processor {cpuStep,6:F3}); "
                    + $"Train: {train.Launches} launches, {train.Transfers} transfers, {train.Synchronizations} waits; Step: "
                    + $"{step.Launches}, {step.Transfers}, {step.Synchronizations}; queueing {queue.PerLaunch(train.Launches):F1} µs a "
                    + $"launch (Train returns after {queue.Train:F0} µs, {queue.Batch:F0} of them the batch's copy); {bytes} bytes in "
                    + $"{steps} steps; losses within {deviation.FromSeed:E1} from the same seed, {deviation.FromSameParameters:E1} from "
                    + $"the same parameters; first step {first.Cold:F0} ms, {first.Cached:F0} with cached binaries, "
                    + $"{first.Kernels} kernels"),
            ("kind", "measurement"), ("case", vae.Name), ("device", best.Name), ("cpu_ms", cpuTrain), ("gpu_ms", gpuTrain),
            ("cpu_step_ms", cpuStep), ("gpu_step_ms", gpuStep),
            ("cpu_threads", Environment.ProcessorCount), ("launches_per_step", train.Launches), ("transfers_per_step", train.Transfers),
            ("synchronizations_per_step", train.Synchronizations),
            ("launches_per_step_with_losses", step.Launches), ("transfers_per_step_with_losses", step.Transfers),
            ("synchronizations_per_step_with_losses", step.Synchronizations),
            ("host_us_per_launch", queue.PerLaunch(train.Launches)), ("host_us_per_train", queue.Train),
            ("host_us_per_batch_copy", queue.Batch),
            ("allocated_bytes", bytes), ("allocation_steps", steps), ("max_loss_error", deviation.FromSeed),
            ("max_loss_error_same_parameters", deviation.FromSameParameters), ("loss_error_steps", LossDeviation.Steps),
            ("first_step_ms", first.Cold), ("first_step_cached_ms", first.Cached), ("kernels", first.Kernels));
    }

    static void Project(Output output, VaeCase vae)
    {
        var kernels = KernelCost.OfTraining(GpuPlan.Of(vae));
        foreach (var gpu in DataSheet.All)
        {
            var roofline = Roofline.Of(kernels, gpu);
            output.Figure(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"projection, {gpu.Name} ({gpu.Peak / 1e12} TFLOP/s, {gpu.Bandwidth / 1e12} TB/s, {gpu.Multiprocessors} "
                        + $"multiprocessors), {vae.Name}: {roofline.Flops / 1e6:F1} MFLOP, {roofline.Bytes / 1e6:F1} MB, "
                        + $"{roofline.Launches} launches: {roofline.Ideal:F1} µs, with launches {roofline.WithLaunches:F1} µs, with the "
                        + $"groups' part of the peak {roofline.WithGroups:F1} µs"),
                ("kind", "projection"), ("case", vae.Name), ("device", gpu.Name), ("peak_flops", gpu.Peak),
                ("bandwidth_bytes", gpu.Bandwidth), ("multiprocessors", gpu.Multiprocessors),
                ("launch_us_assumed", Roofline.LaunchMicroseconds), ("flops", roofline.Flops), ("bytes", roofline.Bytes),
                ("launches", roofline.Launches),
                ("roofline_us", roofline.Ideal), ("with_launches_us", roofline.WithLaunches), ("with_groups_us", roofline.WithGroups));
        }
    }
}
