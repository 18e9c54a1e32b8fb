using TorchSharp;
using Zoo.Benchmarks.Steps;
using Zoo.Runtime;

namespace Zoo.Benchmarks;

/// <summary>The step by hand: per kernel, against TorchSharp in alternating blocks, and what it allocates.</summary>
static class HandReport
{
    public static void Run()
    {
        foreach (var shape in VaeCase.All)
        {
            foreach (var threads in (int[])[1, 2])
            {
                using var device = Device.CpuWith(threads);
                using var step = new HandStep(shape, device);
                for (var i = 0; i < 300; i++) step.Run();
                var before = GC.GetTotalAllocatedBytes(precise: true);
                for (var i = 0; i < 1000; i++) step.Run();
                var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
                foreach (var (name, us) in step.Profile(200)) Console.WriteLine($"{shape.Name} {threads} threads {us,8:F1} µs  {name}");
                Console.WriteLine($"losses {step.Losses}, {bytes} bytes in 1,000 steps");
                Action[] contenders;
                try
                {
                    torch.set_num_threads(threads);
                    var peer = new Peers.VaeStep(shape.Input, shape.Hidden, shape.Latent);
                    var x = torch.rand(shape.Batch, shape.Input);
                    contenders = [step.Run, () => peer.Run(x)];
                }
                catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException)
                {
                    Console.WriteLine($"without TorchSharp: {e.GetBaseException().Message.Split('\n')[0]}");
                    contenders = [step.Run];
                }
                var ms = Contest.Milliseconds(contenders, 15, 60);
                Console.WriteLine($"{shape.Name} {threads} threads: zoo {ms[0]:F3} ms{(ms.Length > 1 ? $", torch {ms[1]:F3} ms, ratio {ms[1] / ms[0]:F2}" : "")}");
            }
        }
    }
}
