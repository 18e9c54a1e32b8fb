using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>
/// ILGPU's simulator on tiny shapes: it checks every access of a view (and ends the process where one is out of range), and refuses kernels
/// and arguments
/// that its emitted launchers may not touch. Its barriers take milliseconds.
/// </summary>
public sealed class SimulatedDeviceTests
{
    [Fact]
    public void KernelsStayInsideTheirMemory()
    {
        using var context = Context.Create(builder => builder.CPU(new CPUDevice(32, 8, 1)));
        using var accelerator = context.CreateCPUAccelerator(0);

        var draw = DrawArguments.At(0, 3, 5, 5, 42, 7, 0, 0);
        var normal = DeviceRun.Over(accelerator, new float[15], (stream, memory) =>
            accelerator.LoadKernel<ArrayView<float>, DrawArguments>(DrawKernels.Fill<NormalDraw>)(stream, DrawKernels.Config(draw), memory,
                draw));
        for (var i = 0; i < 15; i++) Assert.Equal(Philox.Normal(42, 7, 0, i / 5, i % 5), normal[i], 1e-6f);
        var oneHot = DeviceRun.Over(accelerator, new float[15], (stream, memory) =>
            accelerator.LoadKernel<ArrayView<float>, DrawArguments>(DrawKernels.OneHot)(stream, DrawKernels.Config(draw), memory, draw));
        for (var row = 0; row < 3; row++) Assert.Equal(1, oneHot[row * 5 + Philox.Class(42, 7, 0, row, 5)]);

        var rows = new ReductionArguments(0, 6, 2, 3, 1, 4096);
        var sums = DeviceRun.Over(accelerator, [1, 2, 3, 4, 5, 6, 0, 0], (stream, memory) =>
            accelerator.LoadKernel<ArrayView<float>, ReductionArguments>(ReductionKernels.Rows<Addition>)(stream,
                ReductionKernels.RowConfig(rows), memory, rows));
        Assert.Equal([6f, 15f], sums[6..]);
        var columns = new ReductionArguments(0, 6, 1, 2, 3, 256);
        var maxima = DeviceRun.Over(accelerator, [1, 7, 3, 4, 5, float.NaN, 0, 0, 0], (stream, memory) =>
            accelerator.LoadKernel<ArrayView<float>, ReductionArguments>(ReductionKernels.Columns<Maximum>)(
                stream, ReductionKernels.ColumnConfig(columns), memory, columns));
        Assert.Equal([4f, 7f, float.NaN], maxima[6..]);

        var update = new UpdateArguments(0, 1, 2, 3, 1, 4);
        var sgd = DeviceRun.Over(accelerator, [1, 2, 0, 0, 0.5f], (stream, memory) =>
            accelerator.LoadKernel<ArrayView<float>, UpdateArguments, SgdArguments>(UpdateKernels.MomentumSgd)(
                stream, UpdateKernels.Config(update), memory, update, new(0.25f, 0.5f, 1, 0, 1, 1)));
        Assert.Equal([1 - 0.25f * 1.5f, 2, 1, 0, 0.5f], sgd);
        var clip = new ClipArguments(0, 2, 2, 3, 1);
        var factor = DeviceRun.Over(accelerator, [3, 4, 0, 0], (stream, memory) =>
        {
            accelerator.LoadKernel<ArrayView<float>, ClipArguments>(ClipKernels.SquaredNorm)(stream, ClipKernels.SquaredNormConfig(clip),
                memory, clip);
            accelerator.LoadKernel<ArrayView<float>, ClipArguments>(ClipKernels.Scale)(stream, ClipKernels.ScaleConfig, memory, clip);
        });
        Assert.Equal(0.2f, factor[3], 1e-6f);

        var product = new SmallProductArguments(0, 2, 4, 1, 1, 1, 2, 0, 1);
        var c = DeviceRun.Over(accelerator, [1, 2, 3, 4, 0], (stream, memory) =>
            accelerator.LoadKernel<ArrayView<float>, SmallProductArguments>(SmallProductKernels.Multiply)(
                stream, SmallProductKernels.Config(product), memory, product));
        Assert.Equal(11, c[4]);

        var byLabel = new LabelledSumArguments(0, 3, 9, 12, 3, 2, 3, 2);
        var sumsByLabel = DeviceRun.Over(accelerator, [1, 2, 0, 3, 4, 0, 5, 6, 0, 2, -1, 2, 9, 9, 9, 9, 9, 9], (stream, memory) =>
            accelerator.LoadKernel<ArrayView<float>, LabelledSumArguments>(LabelledSumKernels.Sum)(
                stream, LabelledSumKernels.Config(byLabel), memory, byLabel));
        Assert.Equal([0f, 0, 0, 0, 6, 8], sumsByLabel[12..]);
    }
}
