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
        var (names, threads) = (new List<string>(), new List<int>());
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--json": break;
                case "--case" when i + 1 < arguments.Length: names.Add(arguments[++i]); break;
                case "--threads" when i + 1 < arguments.Length && int.TryParse(arguments[i + 1], out var count) && count > 0:
                    threads.Add(count);
                    i++;
                    break;
                default:
                    Console.Error.WriteLine($"'{arguments[i]}' is not understood; there are --case NAME, --threads N and --json.");
                    return 2;
            }
        }
        if (names.Find(name => !Array.Exists(BoltzmannCase.All, of => of.Name.StartsWith(name, StringComparison.Ordinal))) is { } unknown)
        {
            Console.Error.WriteLine(
                $"No case begins with '{unknown}'. There are {string.Join(", ", BoltzmannCase.All.Select(of => of.Name))}.");
            return 2;
        }
        var (blas, dnn, quiet) = (OpenBlas.Load(), OneDnn.Load(), new Output(isJson: true, TextWriter.Null));
        foreach (var count in threads.Count == 0 ? [1, 2] : threads)
        {
            using var device = Device.CpuWith(count);
            var machine = new Machine(count, blas, dnn, device, quiet);
            using var peer = PythonPeer.Start(count, out var why);
            output.Remark(peer?.Versions ?? why);
            foreach (var of in BoltzmannCase.All)
            {
                if (names.Count == 0 || names.Exists(name => of.Name.StartsWith(name, StringComparison.Ordinal)))
                    Measure(output, of, count, device, machine, peer);
            }
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
                $"{of.Name,-17} {threads} thread{(threads > 1 ? "s" : " ")}  Zoo {zoo,8:F3} ms (best {ours[0],8:F3})  ")
                + (peer is null ? "" : string.Create(CultureInfo.InvariantCulture,
                    $"{of.Peer,-16} {other,8:F3} ms (best {theirs[0],8:F3})  ratio {other / zoo,5:F2} (best {theirs[0] / ours[0]:F2})  "))
                + (products is null ? "" : string.Create(CultureInfo.InvariantCulture, $"products alone {products:F3} ms  "))
                + $"each {of.Unit}",
            ("case", of.Name), ("threads", threads), ("unit", of.Unit), ("zoo_ms", zoo), ("zoo_best_ms", ours[0]),
            ("products_ms", products), ("peer", of.Peer),
            ("peer_ms", peer is null ? null : other), ("peer_best_ms", peer is null ? null : theirs[0]),
            ("ratio", peer is null ? null : other / zoo));
    }
}
