using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>A buffer while a program is being fused.</summary>
public sealed class MemorySlot(int id, string name, BufferKind kind, Extent length)
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public BufferKind Kind { get; } = kind;

    public Extent Length { get; } = length;

    /// <summary>For sentences: a gradient as ∂ of what it is the gradient for, the next value of a state with a prime.</summary>
    public string Label => Kind switch { BufferKind.Gradient => "∂" + Name, BufferKind.NextState => Name + "′", _ => Name };
}
