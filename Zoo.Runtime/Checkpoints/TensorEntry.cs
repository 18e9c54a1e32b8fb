using System.Collections.Immutable;

namespace Zoo.Runtime;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its shape, row-major; empty for one number.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
internal sealed record TensorEntry(string Name, TensorType Type, ImmutableArray<long> Shape, long Begin)
{
    /// <summary>Bytes of the data.</summary>
    public long Bytes { get; } = Shape.Aggregate((long)Type.Size(), (product, size) => checked(product * size));

    /// <summary>One past the last byte.</summary>
    public long End => Begin + Bytes;

    /// <summary>Type and shape, for messages: <c>F32 [400, 784]</c>.</summary>
    public string Form => Describe(Type.ToString(), Shape);

    public static string Describe(string type, ImmutableArray<long> shape) => $"{type} [{string.Join(", ", shape)}]";
}
