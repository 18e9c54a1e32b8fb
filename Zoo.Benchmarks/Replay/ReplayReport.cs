using System.Globalization;
using Zoo.Benchmarks.Steps;
using Zoo.Models;
using static TorchSharp.torch;

namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <c>replay</c>: 100 steps of FashionVae and of TorchSharp from the same weights, batches (the embedded images in file order) and draws; the losses must
/// agree within 1e-4 at every step. <c>--write FILE</c> keeps TorchSharp's losses as the golden of a test.
/// </summary>
static class ReplayReport
{
    const int Steps = 100;
    const double Tolerance = 1e-4;

    public static int Run(string[] arguments)
    {
        if (!TorchPeer.IsLoadable(out var why))
        {
            Console.Error.WriteLine(why);
            return 2;
        }
        set_num_threads(2);
        using var vae = new FashionVae(seed: 1, Device.Cpu);
        using var peer = new TorchReplay(vae.Parameters);
        var images = EmbeddedImages.Training;
        var (batch, epsilon) = (new float[128 * 784], new float[vae.Draws.Length("epsilon")]);
        var largest = 0.0;
        var lines = new List<string>
        {
            "# Losses of TorchSharp 0.107 (libtorch 2.10, CPU) at 100 steps of FashionVae: weights of seed 1, embedded images in file order, its own draws.",
            "# Written by: dotnet run -c Release --project Zoo.Benchmarks -- replay --write Zoo.Tests/Replay/torchsharp.csv",
            "step,reconstruction,divergence",
        };
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < 128; i++) images.CopyExample((step * 128 + i) % images.Count, batch.AsSpan(i * 784, 784));
            var ours = vae.Step(batch);
            vae.Draws.CopyTo("epsilon", epsilon);
            using var x = tensor(batch).reshape(128, 784);
            using var e = tensor(epsilon).reshape(128, 20);
            var theirs = peer.Step(x, e);
            var off = Math.Max(Relative(ours.Reconstruction, theirs.Reconstruction), Relative(ours.Divergence, theirs.Divergence));
            largest = Math.Max(largest, off);
            if (step % 10 == 0 || off > Tolerance)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step,3}  Zoo {ours.Reconstruction:F4} {ours.Divergence:F4}  TorchSharp {theirs.Reconstruction:F4} {theirs.Divergence:F4}  relative {off:E1}"));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{step},{theirs.Reconstruction:R},{theirs.Divergence:R}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest relative deviation in {Steps} steps: {largest:E2} (allowed {Tolerance:E0})"));
        if (arguments is ["--write", var path]) File.WriteAllText(path, string.Join("\n", lines) + "\n");
        return largest <= Tolerance ? 0 : 1;
    }

    static double Relative(double ours, double theirs) => Math.Abs(ours - theirs) / Math.Max(Math.Abs(theirs), 1e-12);
}
