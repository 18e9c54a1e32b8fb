using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>A buffer while a program is being fused.</summary>
sealed class MemorySlot(int id, string name, BufferKind kind, Extent length)
{
    public int Id { get; } = id;

    public string Name { get; set; } = name;

    public BufferKind Kind { get; } = kind;

    public Extent Length { get; } = length;
}
