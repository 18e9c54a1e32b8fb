using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Gpu;

/// <summary>One model on two devices.</summary>
static class SideBySide
{
    /// <summary>A step on both: losses, draws, gradients and updated weights agree.</summary>
    public static void Step(string what, IGenerativeModel cpu, IGenerativeModel gpu, float[] x) =>
        Step(what, cpu, gpu, new TrainingBatch(x, [], [], cpu.BatchSize, 0));

    /// <summary>The same with labels or a condition.</summary>
    public static void Step(string what, IGenerativeModel cpu, IGenerativeModel gpu, TrainingBatch batch)
    {
        float[] expected = new float[cpu.LossNames.Length], actual = new float[expected.Length];
        batch.Step(cpu, expected);
        batch.Step(gpu, actual);
        Close($"{what} losses", expected, actual, Tolerances.Loss, 1);
        foreach (var name in cpu.Draws.Names)
        {
            float[] wanted = new float[cpu.Draws.Length(name)], drawn = new float[gpu.Draws.Length(name)];
            cpu.Draws.CopyTo(name, wanted);
            gpu.Draws.CopyTo(name, drawn);
            Close($"{what} draw {name}", wanted, drawn, 1e-6, 1);
        }
        foreach (var parameter in cpu.Parameters)
        {
            float[] wanted = new float[parameter.Length], got = new float[parameter.Length];
            parameter.CopyGradientTo(wanted);
            gpu.Parameters[parameter.Name].CopyGradientTo(got);
            Close($"{what} gradient of {parameter.Name}", wanted, got, Tolerances.Gradient, 1e-3);
            parameter.CopyTo(wanted);
            gpu.Parameters[parameter.Name].CopyTo(got);
            Close($"{what} {parameter.Name}", wanted, got, Tolerances.Gradient, 1e-3);
        }
    }

    static void Close(string what, float[] expected, float[] actual, double relative, double floor)
    {
        // A loss whose phase was not due is NaN on both.
        Assert.Equal(expected.Select(float.IsNaN), actual.Select(float.IsNaN));
        var numbers = Enumerable.Range(0, expected.Length).Where(i => !float.IsNaN(expected[i])).ToList();
        if (numbers.Count > 0)
            Tolerances.Close(what, [.. numbers.Select(i => (double)expected[i])], [.. numbers.Select(i => actual[i])], relative, floor);
    }
}
