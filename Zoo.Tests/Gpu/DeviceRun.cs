using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>Kernels over a copy of an array, as the runtime launches them: one memory and offsets into it.</summary>
internal static class DeviceRun
{
    /// <summary>What is in the memory after the launches.</summary>
    public static float[] Over(Accelerator accelerator, float[] memory, Action<AcceleratorStream, ArrayView<float>> launches)
    {
        using var buffer = accelerator.Allocate1D(memory);
        launches(accelerator.DefaultStream, buffer.View);
        accelerator.DefaultStream.Synchronize();
        return buffer.GetAsArray1D();
    }

    /// <summary>Fails where an element outside the targets changed.</summary>
    public static void LeavesTheRest(float[] before, float[] after, params (int Start, int Length)[] targets)
    {
        for (var i = 0; i < before.Length; i++)
        {
            if (targets.Any(target => i >= target.Start && i < target.Start + target.Length)) continue;
            Assert.True(
                BitConverter.SingleToInt32Bits(before[i]) == BitConverter.SingleToInt32Bits(after[i]),
                $"element {i} was {before[i]:G9} and is {after[i]:G9}");
        }
    }

    /// <summary>Numbers in [-1, 1), the same for the same seed.</summary>
    public static float[] Numbers(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() * 2 - 1))];
    }

    /// <summary>Equal bits, NaN included.</summary>
    public static void SameBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
}
