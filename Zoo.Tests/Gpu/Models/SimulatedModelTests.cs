using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Gpu;

/// <summary>
/// A whole model on ILGPU's simulator, which checks every access of memory and ends the process where one is out of range.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class SimulatedModelTests
{
    const string Source = """
        using Zoo;

        /// <summary>A tiny model with sums of all kinds.</summary>
        [Vae(Input = [7], Batch = 3, WarmUpSteps = 2)]
        [Adam(ClipNorm = 1f)]
        public partial class Tiny
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(5).LayerNorm().Tanh();
                return new(h.Dense(2), h.Dense(2));
            }

            static Gaussian Decoder(Tensor z) => new(z.Dense(5).Softmax().Dense(7), Tensor.Parameter("log_variance", [1]));
        }
        """;

    [Fact]
    public void ATinyModelStaysInsideItsMemory()
    {
        using var context = Context.Create(builder => builder.CPU(new CPUDevice(32, 8, 1)));
        using var accelerator = context.CreateCPUAccelerator(0);
        using var device = Device.Gpu(accelerator);
        using var compiled = new CompiledModels([Source], hasGpu: true);
        using var simulated = compiled.Create("Tiny", 1, device);
        using var cpu = compiled.Create("Tiny", 1, Device.Cpu);
        float[] expected = new float[3], actual = new float[3];
        for (var step = 0; step < 2; step++)
        {
            float[] x = [.. Enumerable.Range(0, 21).Select(i => MathF.Sin(i + step))];
            cpu.Step(x, default, default, expected);
            simulated.Step(x, default, default, actual);
            Tolerances.Close($"step {step}", [.. expected.Select(v => (double)v)], actual, Tolerances.Loss, 1);
        }
    }
}
