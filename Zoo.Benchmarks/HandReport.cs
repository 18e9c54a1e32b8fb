using System.Globalization;
using Zoo.Benchmarks.Steps;

namespace Zoo.Benchmarks;

/// <summary><c>hand</c>: where the time of the step by hand goes, kernel by kernel.</summary>
static class HandReport
{
    public static void Run(Output output)
    {
        foreach (var vae in VaeCase.All)
        {
            foreach (var threads in (int[])[1, 2])
            {
                using var device = Device.CpuWith(threads);
                using var step = new HandStep(vae, device);
                for (var i = 0; i < 300; i++) step.Run();
                output.Remark(string.Create(
                    CultureInfo.InvariantCulture, $"{vae.Name}, {threads} threads, losses after 300 steps {step.Losses.Reconstruction:R} and {step.Losses.Divergence:R}"));
                foreach (var (name, microseconds) in step.Profile(400))
                {
                    output.Figure(
                        string.Create(CultureInfo.InvariantCulture, $"{microseconds,8:F1} µs  {name}"),
                        ("case", vae.Name), ("threads", threads), ("kernel", name), ("us", microseconds));
                }
            }
        }
    }
}
