using System.Diagnostics;
using System.Globalization;
using Zoo.Benchmarks.References;
using Zoo.Runtime;

namespace Zoo.Benchmarks;

/// <summary>
/// Sweeps every single-precision number through every function of <see cref="VectorMath"/>; prints the largest errors, then the rates.
/// </summary>
public static class Accuracy
{
    const int Block = 1 << 14;
    const int Threads = 2;

    /// <summary>
    /// Entry point. Arguments: names of functions (all by default); <c>--stride N</c> takes every Nth number, for a quick look;
    /// <c>--rates</c> prints only the rates.
    /// </summary>
    /// <returns>0, or 1 where an error is above its bound or the vector widths disagree.</returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var stride = 1;
        var rates = false;
        var names = new HashSet<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--rates") rates = true;
            else if (args[i] != "--stride") names.Add(args[i]);
            else if (++i == args.Length || !int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out stride)
                || stride < 1)
            {
                Console.Error.WriteLine("--stride needs a whole number of at least 1" + (i < args.Length ? $", got {args[i]}" : ""));
                return 2;
            }
        }

        Report[] all =
        [
            new Report<ExpFunction>(), new Report<Expm1Function>(), new Report<LogFunction>(), new Report<Log1pFunction>(),
            new Report<TanhFunction>(), new Report<SigmoidFunction>(), new Report<SoftplusFunction>(), new Report<LogSigmoidFunction>(),
            new Report<SinFunction>(), new Report<CosFunction>(), new Report<ErfFunction>(), new Report<RsqrtFunction>(),
            new Report<ReciprocalFunction>(), new Report<SignFunction>(),
        ];
        var chosen = names.Count == 0 ? all : all.Where(r => names.Contains(r.Name)).ToArray();
        names.ExceptWith(all.Select(r => r.Name));
        if (names.Count > 0)
        {
            Console.Error.WriteLine($"no such function: {string.Join(", ", names)}; there are "
                + $"{string.Join(", ", all.Select(r => r.Name))}");
            return 2;
        }
        var good = true;
        if (!rates)
        {
            Console.WriteLine("| function | arguments | largest error, ULP | at | bound | widths agree |");
            Console.WriteLine("|---|---|---|---|---|---|");
            foreach (var report in chosen) good &= report.Sweep(stride);
            Console.WriteLine();
        }
        Console.WriteLine("| function | 512 bits, G/s | 256 bits | 128 bits | scalar |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var report in chosen) report.Rates();
        return good ? 0 : 1;
    }

    abstract class Report
    {
        public abstract string Name { get; }
        public abstract bool Sweep(int stride);
        public abstract void Rates();
    }

    sealed class Report<TFunction> : Report where TFunction : struct, IElementary
    {
        public override string Name => TFunction.Name;

        public override bool Sweep(int stride)
        {
            var worst = new (double Error, float At, long Count, long Disagreements)[Threads];
            Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads },
                thread => worst[thread] = Sweep(stride, thread));
            var (error, at) = worst.Select(w => (w.Error, w.At)).MaxBy(w => w.Error);
            var disagreements = worst.Sum(w => w.Disagreements);
            // The invariant culture is the only one there is: the project runs without others.
            var range = float.IsInfinity(TFunction.Range) ? "all" : $"magnitude ≤ {TFunction.Range:G3}";
            var agree = disagreements == 0 ? "yes" : $"NO, {disagreements}";
            Console.WriteLine($"| {Name} | {range}, {worst.Sum(w => w.Count):N0} | {error:F3} | {at:G9} | {TFunction.Bound} | {agree} |");
            return error <= TFunction.Bound && disagreements == 0;
        }

        static (double Error, float At, long Count, long Disagreements) Sweep(int stride, int thread)
        {
            var source = new float[Block];
            var results = new float[Block];
            var others = new float[Block];
            VectorWidth[] widths = [VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];
            var (error, at, count, disagreements) = (0.0, 0f, 0L, 0L);
            var blocks = (1L << 32) / ((long)Block * stride);
            for (var block = (long)thread; block < blocks; block += Threads)
            {
                for (var i = 0; i < Block; i++) source[i] = BitConverter.UInt32BitsToSingle((uint)((block * Block + i) * stride));
                // Whole blocks outside the range cost nothing.
                if (Math.Abs(source[0]) > TFunction.Range && Math.Abs(source[^1]) > TFunction.Range) continue;
                Evaluation.Run<TFunction>(VectorWidth.Bits512, source, results);
                foreach (var width in widths)
                {
                    Evaluation.Run<TFunction>(width, source, others);
                    for (var i = 0; i < Block; i++)
                    {
                        var same = BitConverter.SingleToUInt32Bits(results[i]) == BitConverter.SingleToUInt32Bits(others[i]);
                        if (!same && !(float.IsNaN(results[i]) && float.IsNaN(others[i]))) disagreements++;
                    }
                }
                for (var i = 0; i < Block; i++)
                {
                    if (Math.Abs(source[i]) > TFunction.Range) continue;
                    count++;
                    var ulps = Ulps.Between(results[i], TFunction.Exact(source[i]));
                    if (ulps > error) (error, at) = (ulps, source[i]);
                }
            }
            return (error, at, count, disagreements);
        }

        public override void Rates()
        {
            var source = new float[4096];
            var destination = new float[4096];
            for (var i = 0; i < source.Length; i++) source[i] = 0.01f + i * (8f / 4096);
            VectorWidth[] widths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];
            var best = new double[widths.Length];
            // Alternating rounds, the best of each: another program's burst hits all widths alike.
            for (var round = 0; round < 40; round++)
            {
                for (var w = 0; w < widths.Length; w++)
                {
                    var repeats = widths[w] == VectorWidth.Scalar ? 20 : 200;
                    var start = Stopwatch.GetTimestamp();
                    for (var i = 0; i < repeats; i++) Evaluation.Run<TFunction>(widths[w], source, destination);
                    var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                    best[w] = Math.Max(best[w], (double)repeats * source.Length / seconds * 1e-9);
                }
            }
            Console.WriteLine($"| {Name} | {string.Join(" | ", best.Select(b => b.ToString("F2", CultureInfo.InvariantCulture)))} |");
        }
    }
}
