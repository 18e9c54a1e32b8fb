using ILGPU;

namespace Zoo.Runtime;

/// <summary>A stretch of memory that becomes one number.</summary>
readonly record struct FillArguments(int Start, int Length, float Value);

/// <summary>One thread an element.</summary>
static class FillKernel
{
    public static void Run(ArrayView<float> memory, FillArguments at)
    {
        var i = Grid.GlobalIndex.X;
        if (i < at.Length) memory[at.Start + i] = at.Value;
    }
}
