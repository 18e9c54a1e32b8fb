using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Zoo.Runtime;

/// <summary>16 lanes: 512 bits.</summary>
public readonly unsafe struct Lanes16(Vector512<float> value) : IVector<Lanes16>
{
    readonly Vector512<float> value = value;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Iota(int first) => new(Vector512.Create((float)first) + Vector512<float>.Indices);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Load(Floats source, int index) => new(Vector512.Load(source.Address + index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Floats destination, int index) => value.Store(destination.Address + index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator +(Lanes16 a, Lanes16 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator -(Lanes16 a, Lanes16 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator *(Lanes16 a, Lanes16 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator /(Lanes16 a, Lanes16 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator -(Lanes16 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 MultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) => new(Vector512.FusedMultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Cancel(Lanes16 n, Lanes16 constant, Lanes16 x) => MultiplyAdd(n, -constant, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Max(Lanes16 a, Lanes16 b) => new(Vector512.Max(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Min(Lanes16 a, Lanes16 b) => new(Vector512.Min(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Abs(Lanes16 a) => new(Vector512.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Sqrt(Lanes16 a) => new(Vector512.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Round(Lanes16 a) => new(Vector512.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 GreaterThan(Lanes16 a, Lanes16 b) => new(Vector512.GreaterThan(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Equal(Lanes16 a, Lanes16 b) => new(Vector512.Equals(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Select(Lanes16 mask, Lanes16 a, Lanes16 b) => new(Vector512.ConditionalSelect(mask.value, a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 AddExponent(Lanes16 a, Lanes16 exponent) =>
        new((a.value.AsInt32() + (Vector512.ConvertToInt32Native(exponent.value) << 23)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes16 Mantissa, Lanes16 Exponent) SplitExponent(Lanes16 a)
    {
        var rootHalf = Vector512.Create(0x3f3504f3);
        var bits = a.value.AsInt32() - rootHalf;
        return (new(((bits & Vector512.Create(0x007fffff)) + rootHalf).AsSingle()), new(Vector512.ConvertToSingle(bits >> 23)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 AtMost(Lanes16 a, Lanes16 bound) => new(Vector512.MinNative(bound.value, a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 AtLeast(Lanes16 a, Lanes16 bound) => new(Vector512.MaxNative(bound.value, a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 CopySign(Lanes16 magnitude, Lanes16 sign) => new(Vector512.CopySign(magnitude.value, sign.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Scale(Lanes16 a, Lanes16 exponent)
    {
        if (Avx512F.IsSupported) return new(Avx512F.Scale(a.value, exponent.value));
        // Two factors, because 2^exponent itself may not be a normal number; the first product is exact, so there is one rounding here too.
        var bits = Vector512.ConvertToInt32Native(exponent.value);
        var half = bits >> 1;
        var one = Vector512.Create(0x3f800000);
        return new(a.value * ((half << 23) + one).AsSingle() * ((bits - half << 23) + one).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 BroadcastBits(uint bits) => new(Vector512.Create(bits).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 And(Lanes16 a, Lanes16 b) => new(a.value & b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Xor(Lanes16 a, Lanes16 b) => new(a.value ^ b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 ShiftLeft(Lanes16 a, int count) => new((a.value.AsUInt32() << count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 ShiftRight(Lanes16 a, int count) => new((a.value.AsUInt32() >> count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 SignMask(Lanes16 a) => new((a.value.AsInt32() >> 31).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 FromInteger(Lanes16 a) => new(Vector512.ConvertToSingle(a.value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes16 High, Lanes16 Low) MultiplyWide(Lanes16 a, uint factor)
    {
        if (!Avx512F.IsSupported)
        {
            var (highLower, lowLower) = Lanes8.MultiplyWide(new(a.value.GetLower()), factor);
            var (highUpper, lowUpper) = Lanes8.MultiplyWide(new(a.value.GetUpper()), factor);
            return (new(Vector512.Create(highLower.Value, highUpper.Value)), new(Vector512.Create(lowLower.Value, lowUpper.Value)));
        }
        var even = Avx512F.Multiply(a.value.AsUInt32(), Vector512.Create(factor));
        var odd = Avx512F.Multiply((a.value.AsUInt64() >> 32).AsUInt32(), Vector512.Create(factor));
        var lower = Vector512.Create(0xffffffffUL);
        return (new(((even >> 32) | (odd & ~lower)).AsSingle()), new(((even & lower) | (odd << 32)).AsSingle()));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes16 a) => Vector512.Sum(a.value);
}
