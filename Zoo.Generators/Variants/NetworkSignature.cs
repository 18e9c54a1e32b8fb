using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>A network that a variant looks for.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Parameters">Names its tensor parameters must have.</param>
/// <param name="Returns">What it may return.</param>
/// <param name="IsRequired">Whether the class must have it.</param>
public sealed record NetworkSignature(string Name, EquatableArray<string> Parameters, EquatableArray<OutputKindValue> Returns, bool IsRequired);

/// <summary>An <see cref="OutputKind"/> that an <see cref="EquatableArray{T}"/> can hold.</summary>
public readonly record struct OutputKindValue(OutputKind Kind)
{
    public static implicit operator OutputKindValue(OutputKind kind) => new(kind);
}
