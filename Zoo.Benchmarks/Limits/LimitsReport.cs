using System.Globalization;
using Zoo.Benchmarks.Steps;

namespace Zoo.Benchmarks.Limits;

/// <summary><c>limits</c>: the machine's ceilings, T1 of each case, and the peer's step.</summary>
static class LimitsReport
{
    public static void Run(Output output, CaseOptions<StepCase> options)
    {
        var (blas, dnn) = (OpenBlas.Load(), OneDnn.Load());
        output.Remark(blas is null
            ? "OpenBLAS (libopenblas.so.0) is not installed: its columns stay empty."
            : $"OpenBLAS with kernels for {blas.Core}");
        if (dnn is null) output.Remark("oneDNN (libdnnl.so.2) is not installed: its columns stay empty.");
        if (!TorchPeer.IsLoadable(out var why)) output.Remark(why);
        foreach (var threads in options.Threads)
        {
            output.Remark($"{threads} thread{(threads > 1 ? "s" : "")}:");
            using var device = Device.CpuWith(threads);
            var machine = new Machine(threads, blas, dnn, device, output);
            foreach (var each in options.Cases)
            {
                var limit = machine.StepLimit(each);
                using var peer = TorchPeer.Create(each, threads);
                double? torch = peer is null ? null : Contest.Run(peer.Run, 9, 60).Median;
                output.Figure(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{each.Name}: T1 {limit:F3} ms{(torch is null ? "" : $", TorchSharp {torch:F3} ms")}"),
                    ("measure", "t1"), ("case", each.Name), ("threads", threads), ("t1_ms", limit), ("torch_ms", torch));
            }
        }
    }
}
