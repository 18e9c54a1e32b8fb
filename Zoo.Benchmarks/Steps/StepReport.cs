using System.Globalization;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary><c>step</c>: each case against TorchSharp in alternating blocks of one run, against T1, and what it allocates.</summary>
static class StepReport
{
    public static void Run(Output output, CaseOptions<StepCase> options)
    {
        if (!TorchPeer.IsLoadable(out var why)) output.Remark(why);
        // The figures that T1 is made of are printed by `limits`; here they would drown the result.
        var quiet = new Output(isJson: true, TextWriter.Null);
        var (blas, dnn) = (OpenBlas.Load(), OneDnn.Load());
        foreach (var threads in options.Threads)
        {
            using var device = Device.CpuWith(threads);
            var machine = new Machine(threads, blas, dnn, device, quiet);
            foreach (var each in options.Cases) Measure(output, each, threads, device, machine);
        }
    }

    static void Measure(Output output, StepCase of, int threads, Device device, Machine machine)
    {
        var limit = machine.StepLimit(of);
        using var own = ZooStep.Create(of, device);
        using var peer = TorchPeer.Create(of, threads);
        var times = Contest.Run(
            peer is null ? [own.Train, own.Step] : [own.Train, own.Step, peer.Run], blocks: 15, blockMilliseconds: 100,
            settleMilliseconds: 60);
        var (zoo, step) = (times[0], times[1]);
        Timing? torch = peer is null ? null : times[2];
        var bytes = Allocations.Measure(of, threads);
        output.Figure(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{of.Name,-20} {threads} thread{(threads > 1 ? "s" : " ")}  Zoo {zoo.Median,7:F3} ms (best {zoo.Best,7:F3}; with losses "
                    + $"{step.Median,7:F3})  TorchSharp {torch?.Median,7:F3} ms (best {torch?.Best,7:F3})  ratio "
                    + $"{torch?.Median / zoo.Median,5:F2}  T1 {limit,6:F3} ms  {zoo.Median / limit:F2} T1  {bytes} bytes in 1,000 steps"),
            ("case", of.Name), ("threads", threads), ("zoo_ms", zoo.Median), ("torch_ms", torch?.Median),
            ("ratio", torch?.Median / zoo.Median), ("t1_ms", limit), ("zoo_step_ms", step.Median), ("zoo_best_ms", zoo.Best),
            ("torch_best_ms", torch?.Best),
            ("allocated_bytes", bytes));
    }
}
