using ILGPU;
using ILGPU.Runtime;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>A BLAS of the host over device memory, which reads its operands by columns as cuBLAS does.</summary>
sealed class HostProducts(GpuDevice device) : ProductLibrary
{
    public int Calls { get; private set; }

    public override void Multiply(ArrayView<float> memory, in ProductArguments product)
    {
        Calls++;
        device.Compute.Synchronize();
        var p = ColumnMajorProduct.Of(product);
        var values = new float[memory.Length];
        memory.CopyToCPU(values);
        // op(X)[row, column] of a matrix whose columns are Leading apart.
        float Element(bool transposed, int start, int leading, int row, int column) =>
            values[start + (transposed ? row * leading + column : column * leading + row)];
        var result = new float[p.M * p.N];
        Parallel.For(0, p.N, j =>
        {
            for (var l = 0; l < p.K; l++)
            {
                var second = Element(p.TransposeSecond, p.Second, p.SecondLeading, l, j);
                for (var i = 0; i < p.M; i++) result[j * p.M + i] += Element(p.TransposeFirst, p.First, p.FirstLeading, i, l) * second;
            }
        });
        for (var j = 0; j < p.N; j++)
            memory.SubView(p.Result + j * p.ResultLeading, p.M).CopyFromCPU(result.AsSpan(j * p.M, p.M).ToArray());
    }

    public override void Dispose() { }
}
