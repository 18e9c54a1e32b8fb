using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// An address in an arena. Generated code sits in projects that do not allow <c>unsafe</c>, so the pointer travels inside this struct
/// and every dereference happens in this assembly. Nothing is bounds-checked: offsets are literals that the compiler planned.
/// </summary>
public readonly unsafe struct Floats(float* address)
{
    internal readonly float* Address = address;

    /// <summary>The address <paramref name="offset"/> floats further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Floats At(int offset) => new(Address + offset);

    /// <summary>One element.</summary>
    public float this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Address[index];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Address[index] = value;
    }

    /// <summary>Sets <paramref name="length"/> elements from <paramref name="start"/> on to zero.</summary>
    public void Clear(int start, int length) => new Span<float>(Address + start, length).Clear();

    /// <summary>The elements as a span.</summary>
    internal Span<float> AsSpan(int length) => new(Address, length);
}
