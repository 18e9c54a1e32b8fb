using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>
/// Sums of rows by label without atomics: a thread owns one column of a few classes and walks all rows in order: the same bits always.
/// Neighbouring threads have neighbouring columns: they read one label and one stretch of a row together.
/// </summary>
static class LabelledSumKernels
{
    public static KernelConfig Config(in LabelledSumArguments at) => FlatGrid.For(at.ClassBlocks * at.Columns);

    /// <summary>target[c] = Σ of the rows labelled c, in their order.</summary>
    public static void Sum(ArrayView<float> memory, LabelledSumArguments at)
    {
        var index = Grid.GlobalIndex.X;
        var (first, column) = (index / at.Columns * at.ClassesPerThread, index % at.Columns);
        if (first >= at.Classes) return;
        var end = Math.Min(first + at.ClassesPerThread, at.Classes);
        for (var c = first; c < end; c++) memory[at.Target + c * at.Columns + column] = 0;
        for (var row = 0; row < at.Rows; row++)
        {
            // As an integer: a comparison that is branched on must not meet NaN.
            var label = (int)memory[at.Labels + row];
            if (label >= first && label < end)
                memory[at.Target + label * at.Columns + column] += memory[at.Values + row * at.RowStride + column];
        }
    }
}
