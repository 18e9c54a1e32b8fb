using ILGPU;
using ILGPU.Runtime;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>Optimisers of an accelerator beside those of the processor, which have their own tests in double precision.</summary>
[Collection(PoclCollection.Name)]
public sealed unsafe class UpdateKernelTests(PoclDevice pocl)
{
    const int Steps = 3;

    delegate void Own(Worker worker, Floats parameters, Floats gradients, Floats first, Floats second, int step);

    delegate void Launch(AcceleratorStream stream, ArrayView<float> memory, UpdateArguments at, int step);

    [PoclTheory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(5000)]
    public void Adam(int length)
    {
        var run = pocl.Load<UpdateArguments, AdamSettings>(UpdateKernels.Adam);
        Compare(length, 2, (worker, p, g, m, v, step) => Optimizer.Adam(worker, p, g, m, v, length, Settings(step, 0.5f)),
            (stream, memory, at, step) => run(stream, UpdateKernels.Config(at), memory, at, Settings(step, 1)));

        static AdamSettings Settings(int step, float scale) => AdamSettings.At(1e-3f, 0.9f, 0.999f, 1e-8f, 0.01f, step, scale, 0.9f);
    }

    [PoclFact]
    public void RmsProp()
    {
        var run = pocl.Load<UpdateArguments, RmsPropSettings>(UpdateKernels.RmsProp);
        Compare(1001, 1,
            (worker, p, g, v, _, step) => Optimizer.RmsProp(worker, p, g, v, 1001, new(1e-3f, 0.99f, 1e-8f, 0.01f, 0.5f, 0.9f)),
            (stream, memory, at, step) => run(stream, UpdateKernels.Config(at), memory, at, new(1e-3f, 0.99f, 1e-8f, 0.01f, 1, 0.9f)));
    }

    [PoclFact]
    public void PlainSgd()
    {
        var run = pocl.Load<UpdateArguments, SgdArguments>(UpdateKernels.PlainSgd);
        Compare(1001, 0,
            (worker, p, g, b, _, step) => Optimizer.Sgd(worker, p, g, b, 1001, new(1e-2f, 0, false, 0.01f, 0.5f, step == 1, 0.9f)),
            (stream, memory, at, step) =>
                run(stream, UpdateKernels.Config(at), memory, at, SgdArguments.From(new(1e-2f, 0, false, 0.01f, 0.5f, step == 1, 0.9f))),
                cell: false);
    }

    [PoclTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void MomentumSgd(bool nesterov)
    {
        var run = pocl.Load<UpdateArguments, SgdArguments>(UpdateKernels.MomentumSgd);
        Compare(1001, 1,
            (worker, p, g, b, _, step) => Optimizer.Sgd(worker, p, g, b, 1001, new(1e-2f, 0.9f, nesterov, 0.01f, 0.5f, step == 1, 0.9f)),
            (stream, memory, at, step) =>
                run(stream, UpdateKernels.Config(at), memory, at, SgdArguments.From(new(1e-2f, 0.9f, nesterov, 0.01f, 1, step == 1, 0.9f))),
            fill: float.NaN, size: 1);
    }

    [PoclTheory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(4097)]
    [InlineData(50_001)]
    public void TheClippingFactorIsTheProcessors(int length)
    {
        var squares = pocl.Load<ClipArguments>(ClipKernels.SquaredNorm);
        var scale = pocl.Load<ClipArguments>(ClipKernels.Scale);
        var before = DeviceRun.Numbers(length + Optimizer.NormBlocks(length) + 8, 3);
        var norm = Math.Sqrt(before.Skip(2).Take(length).Sum(x => (double)x * x));
        Assert.Equal(0.25, Factor(0.25 * (norm + 1e-6)), 1e-6);
        Assert.Equal(1, Factor(norm * 1.01));
        before[length / 2 + 2] = float.NaN;
        Assert.True(float.IsNaN(Factor(1)));

        float Factor(double maxNorm)
        {
            var at = new ClipArguments(2, length, length + 3, length + Optimizer.NormBlocks(length) + 5, (float)maxNorm);
            var after = DeviceRun.Over(pocl.Accelerator, before, (stream, memory) =>
            {
                squares(stream, ClipKernels.SquaredNormConfig(at), memory, at);
                scale(stream, ClipKernels.ScaleConfig, memory, at);
            });
            DeviceRun.LeavesTheRest(before, after, (at.Partials, Optimizer.NormBlocks(length)), (at.Scale, 1));
            return after[at.Scale];
        }
    }

    [PoclFact]
    public void ALaunchAllocatesNothing()
    {
        var run = pocl.Load<UpdateArguments, AdamSettings>(UpdateKernels.Adam);
        var settings = AdamSettings.At(1e-3f, 0.9f, 0.999f, 1e-8f, 0, 1);
        var at = new UpdateArguments(0, 100, 200, 300, 100);
        DeviceRun.Over(pocl.Accelerator, new float[400], (stream, memory) =>
        {
            for (var i = 0; i < 10; i++) run(stream, UpdateKernels.Config(at), memory, at, settings);
            stream.Synchronize();
            var start = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++) run(stream, UpdateKernels.Config(at), memory, at, settings);
            stream.Synchronize();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - start);
        });
    }

    // A few steps of both; the gradients' factor is among the settings on the processor, in a cell of the memory on the accelerator. Size
    // is that of the
    // largest numbers added up: where they cancel, their rounding stays.
    void Compare(int length, int states, Own own, Launch launch, float fill = 0, float size = 0.1f, bool cell = true)
    {
        const int guard = 2;
        var stretch = length + guard;
        var scale = guard + 4 * stretch;
        var at = new UpdateArguments(guard, guard + stretch, guard + 2 * stretch, guard + 3 * stretch, length, cell ? scale : -1);
        var expected = DeviceRun.Numbers(guard + 4 * stretch + 1, 1);
        Array.Fill(expected, fill, at.First, 2 * stretch);
        expected[scale] = 0.5f;
        var actual = (float[])expected.Clone();
        for (var step = 1; step <= Steps; step++)
        {
            var t = step;
            var gradients = DeviceRun.Numbers(length, 100 + t);
            gradients.CopyTo(expected, at.Gradients);
            gradients.CopyTo(actual, at.Gradients);
            fixed (float* p = expected)
                own(new Worker(0, 1, VectorWidth.Scalar), new(p + at.Parameters), new(p + at.Gradients), new(p + at.First),
                    new(p + at.Second), t);
            var before = actual;
            actual = DeviceRun.Over(pocl.Accelerator, before, (stream, memory) => launch(stream, memory, at, t));
            DeviceRun.LeavesTheRest(before, actual, (at.Parameters, length), (at.First, states > 0 ? length : 0),
                (at.Second, states > 1 ? length : 0));
        }
        for (var i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 3e-7f * Math.Max(size, Math.Abs(expected[i]))
                    || float.IsNaN(expected[i]) && float.IsNaN(actual[i]),
                $"element {i} is {actual[i]:G9}, the processor has {expected[i]:G9}");
    }
}
