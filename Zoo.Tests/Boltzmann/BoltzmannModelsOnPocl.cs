using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;
using Zoo.Tests.Gpu;

namespace Zoo.Tests.Boltzmann;

/// <summary>Machines on PoCL beside the CPU: steps with their chains, whatever the loops, and samples.</summary>
[Trait("Speed", "Slow")]
public class BoltzmannModelsOnPocl(PoclDevice pocl) : IClassFixture<PoclDevice>
{
    [PoclFact]
    public void StepsAndSamplesAgreeWithTheCpu()
    {
        // Every kernel takes half a second to build: one machine with everything.
        string[] names = ["Everything"];
        using var compiled = BoltzmannDeclarations.Compile(hasGpu: true, names);
        foreach (var name in names)
        {
            using IGenerativeModel cpu = compiled.Create(name, 5, Device.Cpu), gpu = compiled.Create(name, 5, pocl.Device);
            BoltzmannStepTests.Shake(cpu, 1);
            BoltzmannStepTests.Shake(gpu, 1);
            var size = cpu.Parameters["visible_bias"].Length;
            for (var step = 0; step < 2; step++)
                SideBySide.Step($"{name}, step {step}", cpu, gpu,
                    new TrainingBatch(BoltzmannStepTests.Batch(name, 6 * size, step), [], [], 6, 0));
            float[] expected = new float[70 * size], actual = new float[70 * size];
            InferenceTests.Method<BoltzmannStepTests.Sample>(cpu, "Sample")(3, 4, expected);
            InferenceTests.Method<BoltzmannStepTests.Sample>(gpu, "Sample")(3, 4, actual);
            Tolerances.Close(name, BoltzmannOracle.Doubles(expected), actual, Tolerances.Gradient, 1);
        }
    }
}
