using Zoo.Runtime;

namespace Zoo.Benchmarks.Limits;

static class LimitsReport
{
    public static void Run(bool json)
    {
        var blas = OpenBlas.Load();
        Console.WriteLine($"OpenBLAS core: {blas?.Core}");
        foreach (var threads in (int[])[1, 2])
        {
            using var device = Device.CpuWith(threads);
            var team = device.Team;
            foreach (var wide in (bool[])[false, true])
            {
                var fma = new FmaCeiling(wide);
                var ms = Contest.Milliseconds(() => team.Run(fma), 5);
                Console.WriteLine($"{threads} threads fma {(wide ? 512 : 256)}: {fma.OperationsPerWorker * threads / ms * 1e-6:F1} GFLOP/s");
            }
            blas?.Threads(threads);
            foreach (var shape in VaeCase.All.SelectMany(x => x.Products))
            {
                using var sgemm = new Sgemm(shape);
                var ms = Contest.Milliseconds(blas is null ? [() => team.Run(sgemm)] : [() => team.Run(sgemm), () => sgemm.Execute(blas)], 7, 10);
                Console.WriteLine($"{threads} {shape,-50} {shape.Operations * 1e-6,7:F2} MFLOP  own {ms[0] * 1e3,7:F1} µs {shape.Operations / ms[0] * 1e-6,7:F1} GFLOP/s   OpenBLAS {ms[1] * 1e3,7:F1} µs {shape.Operations / ms[1] * 1e-6,7:F1}");
            }
        }
    }
}
