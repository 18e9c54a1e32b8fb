using ILGPU;
using ILGPU.Runtime;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>Sums of rows by label, and rows by label, of an accelerator: the processor's bits.</summary>
[Collection(PoclCollection.Name)]
public sealed class LabelledSumKernelTests(PoclDevice pocl)
{
    const int Guard = 3;

    [PoclTheory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 3)]
    [InlineData(0, 4, 2)]
    [InlineData(9, 23, 40)]
    [InlineData(128, 400, 10)]
    [InlineData(50, 130, 300)]
    [InlineData(3, 90, 6000)]
    public void SumsAreThoseOfTheRowsInTheirOrder(int rows, int columns, int classes)
    {
        var stride = columns + 2;
        var before = DeviceRun.Numbers(rows * (stride + 1) + classes * columns + 4 * Guard, rows + classes);
        var labels = 2 * Guard + rows * stride;
        var random = new Random(columns);
        for (var row = 0; row < rows; row++) before[labels + row] = random.Next(-1, classes);
        var planned = LabelledSumArguments.At(Guard, stride, labels, labels + rows + Guard, rows, columns, classes);
        Assert.Equal((long)classes * columns > 2 << 18, planned.ClassesPerThread > 1);
        var expected = new float[classes * columns];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns && before[labels + row] >= 0; column++)
                expected[(int)before[labels + row] * columns + column] += before[Guard + row * stride + column];
        var run = pocl.Load<LabelledSumArguments>(LabelledSumKernels.Sum);
        foreach (var at in (LabelledSumArguments[])[planned, planned with { ClassesPerThread = 7 }])
        {
            var after = DeviceRun.Over(pocl.Accelerator, before, (stream, memory) =>
                run(stream, LabelledSumKernels.Config(at), memory, at));
            DeviceRun.LeavesTheRest(before, after, (at.Target, classes * columns));
            DeviceRun.SameBits(expected, after[at.Target..(at.Target + classes * columns)]);
        }
    }

    /// <summary>An address is good whether or not there is a label, so that no thread reads what is not there.</summary>
    [PoclFact]
    public void ARowIsThatOfItsLabel()
    {
        float[] before = [-1, 0, 2, -1, 1, 0, 10, 11, 0, 20, 21, 0, 30, 31, -5, -5, -5, -5, -5, -5, -5, -5, -5, -5];
        var after = DeviceRun.Over(pocl.Accelerator, before, (stream, memory) =>
            pocl.Load<int>(Rows)(stream, new KernelConfig(1, 10), memory, 5));
        DeviceRun.LeavesTheRest(before, after, (14, 10));
        Assert.Equal([0f, 0, 10, 11, 30, 31, 0, 0, 20, 21], after[14..]);
    }

    [Fact]
    public void RowsArePlainSingle() => KernelText.Compile(KernelText.Method(typeof(LabelledSumKernelTests), nameof(Rows))).IsPlainSingle();

    static void Rows(ArrayView<float> memory, int count)
    {
        var (row, column) = (Group.IdxX / 2, Group.IdxX % 2);
        if (row < count) Lane.LoadRow(memory, memory[row], 3, 6 + column).Store(memory, 14 + Group.IdxX);
    }
}
