using ILGPU;
using ILGPU.Runtime;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>Reductions of an accelerator against double precision, in one launch and in two.</summary>
[Collection(PoclCollection.Name)]
public sealed class ReductionKernelTests(PoclDevice pocl)
{
    const int Guard = 3;

    [PoclTheory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 15, 1)]
    [InlineData(255, 16, 1)]
    [InlineData(2, 257, 1)]
    [InlineData(3, 5000, 1)]
    [InlineData(1, 100_000, 1)]
    [InlineData(1, 1, 17)]
    [InlineData(2, 15, 16)]
    [InlineData(17, 17, 15)]
    [InlineData(1, 128, 784)]
    [InlineData(3, 257, 31)]
    [InlineData(2, 5000, 5)]
    [InlineData(1, 5, 257)]
    [InlineData(0, 4, 4)]
    [InlineData(0, 4, 1)]
    [InlineData(4, 4, 0)]
    public void SumsAndMaximaAreRight(int outer, int middle, int inner)
    {
        var source = DeviceRun.Numbers(outer * middle * inner, outer * 31 + middle * 7 + inner);
        for (var i = 0; i < source.Length; i++) source[i] -= 0.3f;
        var sum = Run<Addition>(source, outer, middle, inner);
        var max = Run<Maximum>(source, outer, middle, inner);
        for (var o = 0; o < outer; o++)
        {
            for (var i = 0; i < inner; i++)
            {
                var (exact, magnitude, largest) = (0.0, 0.0, float.NegativeInfinity);
                for (var m = 0; m < middle; m++)
                {
                    var v = source[(o * middle + m) * inner + i];
                    (exact, magnitude, largest) = (exact + v, magnitude + Math.Abs(v), Math.Max(largest, v));
                }
                Assert.Equal(exact, sum[o * inner + i], 4e-7 * magnitude);
                Assert.Equal(largest, max[o * inner + i]);
            }
        }
        DeviceRun.SameBits(sum, Run<Addition>(source, outer, middle, inner));
    }

    [PoclTheory]
    [InlineData(1)]
    [InlineData(3)]
    public void MaximaKeepNaN(int inner)
    {
        var source = new float[4500 * inner];
        foreach (var at in (int[])[0, 1, 255, 256, 4095, 4096, 4499])
        {
            Array.Clear(source);
            source[at * inner] = float.NaN;
            var max = Run<Maximum>(source, 1, 4500, inner);
            Assert.True(float.IsNaN(max[0]), $"NaN at {at} is lost");
            Assert.All(max.Skip(1), value => Assert.Equal(0, value));
        }
    }

    // Source, target and parts between guards; two launches where the axis is long.
    float[] Run<TFold>(float[] source, int outer, int middle, int inner) where TFold : struct, IFold
    {
        var results = outer * inner;
        var at = new ReductionArguments(
            Guard, 2 * Guard + source.Length, outer, middle, inner,
            inner == 1 ? ReductionKernels.RowMiddlePerBlock : ReductionKernels.ColumnMiddlePerBlock);
        var parts = at.Blocks * results;
        var final = at.Blocks == 1 ? at.Target : at.Target + parts + Guard;
        var before = new float[source.Length + parts + results + 4 * Guard];
        Array.Fill(before, float.NegativeZero);
        source.CopyTo(before, Guard);
        var after = DeviceRun.Over(pocl.Accelerator, before, (stream, memory) =>
        {
            Launch<TFold>(stream, memory, at);
            if (at.Blocks > 1) Launch<TFold>(stream, memory, new(at.Target, final, 1, at.Blocks, at.Outer * at.Inner, at.Blocks));
        });
        DeviceRun.LeavesTheRest(before, after, (at.Target, parts), (final, results));
        return after[final..(final + results)];
    }

    void Launch<TFold>(AcceleratorStream stream, ArrayView<float> memory, ReductionArguments at) where TFold : struct, IFold
    {
        var isRows = at.Inner == 1;
        var run = pocl.Load<ReductionArguments>(isRows ? ReductionKernels.Rows<TFold> : ReductionKernels.Columns<TFold>);
        run(stream, isRows ? ReductionKernels.RowConfig(at) : ReductionKernels.ColumnConfig(at), memory, at);
    }
}
