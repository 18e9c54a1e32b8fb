using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Tests.Gpu;

[Collection(PoclCollection.Name)]
public sealed class PoclSetupTests(PoclDevice pocl)
{
    [PoclFact]
    public void AKernelRuns()
    {
        var run = pocl.Accelerator.LoadStreamKernel<ArrayView<float>>(Increment);
        using var memory = pocl.Accelerator.Allocate1D<float>([1f, 2f, 3f]);
        run((1, 4), memory.View);
        pocl.Accelerator.Synchronize();
        Assert.Equal([2f, 3f, 4f], memory.GetAsArray1D());
    }

    /// <summary>PoCL installs handlers of signals that the runtime needs, unless it is told not to.</summary>
    [PoclFact]
    public void DivisionByZeroIsStillAnException()
    {
        Assert.NotNull(pocl.Accelerator);
        var zero = Environment.TickCount64 * 0;
        Assert.Throws<DivideByZeroException>(() => 1 / zero);
    }

    static void Increment(ArrayView<float> memory)
    {
        if (Group.IdxX < memory.Length) memory[Group.IdxX] += 1;
    }
}
