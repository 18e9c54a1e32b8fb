using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>Many small matrix products, one number of the results a thread: too small for tiles.</summary>
static class SmallProductKernels
{
    public static KernelConfig Config(in SmallProductArguments at) => FlatGrid.For(at.Count * at.M * at.N);

    /// <summary>c[i] = op(a[i])·op(b[i]).</summary>
    public static void Multiply(ArrayView<float> memory, SmallProductArguments at)
    {
        var index = Grid.GlobalIndex.X;
        if (index >= at.Count * at.M * at.N) return;
        var (rows, column) = (index / at.N, index % at.N);
        var (example, row) = (rows / at.M, rows % at.M);
        var (aRow, aStep) = at.TransposeA != 0 ? (1, at.M) : (at.K, 1);
        var (bColumn, bStep) = at.TransposeB != 0 ? (at.K, 1) : (1, at.N);
        var a = at.A + example * at.M * at.K + row * aRow;
        var b = at.B + example * at.K * at.N + column * bColumn;
        var sum = new Lane(0);
        for (var i = 0; i < at.K; i++) sum = Lane.MultiplyAdd(Lane.Load(memory, a + i * aStep), Lane.Load(memory, b + i * bStep), sum);
        sum.Store(memory, at.C + index);
    }
}
