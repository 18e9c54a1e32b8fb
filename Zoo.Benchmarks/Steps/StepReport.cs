using System.Globalization;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary><c>step</c>: each case against TorchSharp in alternating blocks of one run, against T1, and what it allocates.</summary>
static class StepReport
{
    public static void Run(Output output)
    {
        if (!TorchPeer.IsLoadable(out var why)) output.Remark(why);
        // The figures that T1 is made of are printed by `limits`; here they would drown the result.
        var quiet = new Output(isJson: true, TextWriter.Null);
        var blas = OpenBlas.Load();
        foreach (var threads in (int[])[1, 2])
        {
            using var device = Device.CpuWith(threads);
            var machine = new Machine(threads, blas, device, quiet);
            foreach (var vae in VaeCase.All)
            {
                var limit = machine.StepLimit(vae);
                var (run, model) = ZooStep.Create(vae, device);
                using var owned = model;
                using var peer = TorchPeer.Create(vae, threads);
                var ms = Contest.Milliseconds(peer is null ? [run] : [run, peer.Run], 21, 60);
                double? torch = ms.Length > 1 ? ms[1] : null;
                var bytes = Allocations.Measure(vae, threads);
                output.Figure(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{vae.Name,-20} {threads} thread{(threads > 1 ? "s" : " ")}  Zoo {ms[0],7:F3} ms  TorchSharp {torch,7:F3} ms  ratio {torch / ms[0],5:F2}  T1 {limit,6:F3} ms  {ms[0] / limit:F2} T1  {bytes} bytes in 1,000 steps"),
                    ("case", vae.Name), ("threads", threads), ("zoo_ms", ms[0]), ("torch_ms", torch), ("ratio", torch / ms[0]), ("t1_ms", limit),
                    ("allocated_bytes", bytes));
            }
        }
    }
}
