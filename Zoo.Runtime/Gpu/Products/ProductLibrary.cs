using ILGPU;

namespace Zoo.Runtime;

/// <summary>Large products by somebody who knows the accelerator better.</summary>
abstract class ProductLibrary : IDisposable
{
    /// <summary>Queues C = A·B.</summary>
    public abstract void Multiply(ArrayView<float> memory, in ProductArguments product);

    public abstract void Dispose();
}
