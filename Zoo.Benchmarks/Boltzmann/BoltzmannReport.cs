using System.Diagnostics;
using System.Globalization;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Boltzmann;

/// <summary>
/// <c>boltzmann</c>: machines beside scikit-learn's <c>BernoulliRBM</c> and beside NumPy, in alternating calls of one run, at the same
/// sizes, numbers of chains and data, on the same number of threads.
/// </summary>
static class BoltzmannReport
{
    public static int Run(Output output, ReadOnlySpan<string> arguments)
    {
        if (CaseOptions<BoltzmannCase>.Parse(arguments, BoltzmannCase.All, of => of.Name, out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }
        var (blas, dnn, quiet) = (OpenBlas.Load(), OneDnn.Load(), new Output(isJson: true, TextWriter.Null));
        foreach (var count in options.Threads)
        {
            using var device = Device.CpuWith(count);
            var machine = new Machine(count, blas, dnn, device, quiet);
            using var peer = PythonPeer.Start(count, out var why);
            output.Remark(peer is null ? why : blas is null ? peer.Versions : $"{peer.Versions}, OpenBLAS with kernels for {blas.Core}");
            foreach (var of in options.Cases) Measure(output, of, count, device, machine, peer);
        }
        return 0;
    }

    static void Measure(Output output, BoltzmannCase of, int threads, Device device, Machine machine, PythonPeer? peer)
    {
        using var own = of.Work(device);
        // A call each that does not count: the JIT's tiers, pages, the scheduler.
        var shorter = Math.Max(1, of.Amount / 10);
        for (var i = 0; i < 5; i++) own.Run(shorter);
        peer?.Run(of.Name, shorter);
        double[] ours = new double[of.Blocks], theirs = new double[of.Blocks];
        for (var block = 0; block < of.Blocks; block++)
        {
            // What the other side's threads still spin on for when they have nothing to do.
            Thread.Sleep(50);
            var start = Stopwatch.GetTimestamp();
            own.Run(of.Amount);
            ours[block] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / of.Units;
            Thread.Sleep(50);
            if (peer is not null) theirs[block] = peer.Run(of.Name, of.Amount) * 1000 / of.Units;
        }
        Array.Sort(ours);
        Array.Sort(theirs);
        double? products = of.Products.Count > 0 ? machine.ProductsLimit(of.Products) : null;
        double zoo = ours[of.Blocks / 2], other = theirs[of.Blocks / 2];
        output.Figure(
            string.Create(CultureInfo.InvariantCulture,
                $"{of.Name,-22} {threads} thread{(threads > 1 ? "s" : " ")}  Zoo {zoo,8:F3} ms (best {ours[0],8:F3})  ")
                + (peer is null ? "" : string.Create(CultureInfo.InvariantCulture,
                    $"{of.Peer,-24} {other,8:F3} ms (best {theirs[0],8:F3})  ratio {other / zoo,5:F2} (best {theirs[0] / ours[0]:F2})  "))
                + (products is null ? "" : string.Create(CultureInfo.InvariantCulture, $"products alone {products:F3} ms  "))
                + $"each {of.Unit}",
            ("case", of.Name), ("threads", threads), ("unit", of.Unit), ("zoo_ms", zoo), ("zoo_best_ms", ours[0]),
            ("products_ms", products), ("peer", of.Peer),
            ("peer_ms", peer is null ? null : other), ("peer_best_ms", peer is null ? null : theirs[0]),
            ("ratio", peer is null ? null : other / zoo));
    }
}
