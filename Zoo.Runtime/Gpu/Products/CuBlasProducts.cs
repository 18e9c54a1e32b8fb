using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Zoo.Runtime;

/// <summary>cuBLAS, in single precision throughout: TensorFloat-32 would round the operands to 10 bits.</summary>
sealed class CuBlasProducts : ProductLibrary
{
    readonly CuBlas blas;

    CuBlasProducts(CudaAccelerator accelerator, AcceleratorStream stream) =>
        blas = new CuBlas(accelerator) { Stream = (CudaStream)stream, PointerMode = CuBlasPointerMode.Host };

    /// <summary>The library of an accelerator, or null where it is not CUDA's or cuBLAS is not installed.</summary>
    public static CuBlasProducts? Open(Accelerator accelerator, AcceleratorStream stream)
    {
        if (accelerator is not CudaAccelerator cuda) return null;
        try
        {
            return new CuBlasProducts(cuda, stream);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or CuBlasException)
        {
            return null;
        }
    }

    public override void Multiply(ArrayView<float> memory, in ProductArguments product)
    {
        var p = ColumnMajorProduct.Of(product);
        blas.Gemm(
            Operation(p.TransposeFirst), Operation(p.TransposeSecond), p.M, p.N, p.K,
            1f, memory.SubView(p.First), p.FirstLeading, memory.SubView(p.Second), p.SecondLeading, 0f, memory.SubView(p.Result),
            p.ResultLeading);
    }

    public override void Dispose() => blas.Dispose();

    static CuBlasOperation Operation(bool transposes) => transposes ? CuBlasOperation.Transpose : CuBlasOperation.NonTranspose;
}
