using ILGPU;
using ILGPU.Runtime;
using Zoo.Benchmarks.References;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>Draws of an accelerator beside those of the processor.</summary>
[Collection(PoclCollection.Name)]
public sealed unsafe class DrawKernelTests(PoclDevice pocl)
{
    const long Step = 1L << 33 | 9;
    const int Iteration = 2;
    const long FirstRow = (1L << 31) + 7;
    const int Offset = 5;

    // A logarithm, a root, a sine and a product, whose multiply-adds round twice here; 3 were measured.
    const double NormalUlps = 4;

    static readonly ulong Key = Philox.DrawKey(7, "epsilon");

    delegate void Draw(
        Worker worker, Floats destination, int rows, int columns, int rowStride, ulong key, long step, int iteration, long firstRow);

    public static TheoryData<int, int> Shapes =>
        new() { { 1, 1 }, { 3, 15 }, { 128, 20 }, { 17, 16 }, { 255, 17 }, { 1, 5000 }, { 257, 6 }, { 0, 4 } };

    [PoclTheory, MemberData(nameof(Shapes))]
    public void UniformNumbersAreTheProcessors(int rows, int columns) =>
        DeviceRun.SameBits(Expected(Draws.Uniform, rows, columns), Run(DrawKernels.Fill<UniformDraw>, rows, columns));

    [PoclTheory, MemberData(nameof(Shapes))]
    public void ClassesAreTheProcessors(int rows, int columns) =>
        DeviceRun.SameBits(Expected(Draws.OneHot, rows, columns), Run(DrawKernels.OneHot, rows, columns));

    [PoclTheory, MemberData(nameof(Shapes))]
    public void NormalNumbersAreTheProcessorsButForRounding(int rows, int columns)
    {
        var expected = Expected(Draws.Normal, rows, columns);
        var actual = Run(DrawKernels.Fill<NormalDraw>, rows, columns);
        var worst = 0.0;
        for (var i = 0; i < expected.Length; i++) worst = Math.Max(worst, Ulps.Between(actual[i], expected[i]));
        Assert.InRange(worst, 0, NormalUlps);
        DeviceRun.SameBits(actual, Run(DrawKernels.Fill<NormalDraw>, rows, columns));
    }

    static float[] Before(int rows, int columns)
    {
        var memory = new float[2 * Offset + rows * (columns + 3)];
        Array.Fill(memory, -12345f);
        return memory;
    }

    static float[] Expected(Draw draw, int rows, int columns)
    {
        var memory = Before(rows, columns);
        fixed (float* p = memory) draw(new Worker(0, 1, VectorWidth.Scalar), new(p + Offset), rows, columns, columns + 3, Key, Step,
            Iteration, FirstRow);
        return memory;
    }

    float[] Run(Action<ArrayView<float>, DrawArguments> kernel, int rows, int columns) =>
        DeviceRun.Over(pocl.Accelerator, Before(rows, columns), (stream, memory) =>
    {
        var at = DrawArguments.At(Offset, rows, columns, columns + 3, Key, Step, Iteration, FirstRow);
        pocl.Load(kernel)(stream, DrawKernels.Config(at), memory, at);
    });
}
