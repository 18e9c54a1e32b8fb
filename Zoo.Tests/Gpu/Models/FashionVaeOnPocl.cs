using Zoo.Models;

namespace Zoo.Tests.Gpu;

/// <summary>The model of the README on PoCL, from the same seed as on the CPU.</summary>
[Collection(PoclCollection.Name)]
public sealed class FashionVaeOnPocl(PoclDevice pocl)
{
    [PoclFact]
    public void HundredStepsGiveTheLossesOfTheCpu()
    {
        using var device = Device.Gpu(pocl.Accelerator);
        using var gpu = new FashionVae(7, device);
        using var cpu = new FashionVae(7, Device.Cpu);
        var random = new System.Random(5);
        var batch = new float[128 * 784];
        for (var step = 0; step < 100; step++)
        {
            for (var i = 0; i < batch.Length; i++) batch[i] = random.NextSingle() * random.NextSingle();
            var (expected, actual) = (cpu.Step(batch), gpu.Step(batch));
            Assert.Equal(expected.Elbo, actual.Elbo, Math.Abs(expected.Elbo) * 1e-4);
            Assert.Equal(expected.Reconstruction, actual.Reconstruction, Math.Abs(expected.Reconstruction) * 1e-4);
            Assert.Equal(expected.Divergence, actual.Divergence, Math.Abs(expected.Divergence) * 1e-4 + 1e-5);
        }
    }
}
