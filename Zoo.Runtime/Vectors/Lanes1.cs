using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>One lane: scalar code, and the columns left over by a wider vector.</summary>
public readonly struct Lanes1(float value) : IVector<Lanes1>
{
    readonly float value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Broadcast(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Iota(int first) => new(first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Load(Floats source, int index) => new(source[index]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Floats destination, int index) => destination.At(index)[0] = value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator -(Lanes1 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 MultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Cancel(Lanes1 n, Lanes1 constant, Lanes1 x) => MultiplyAdd(n, -constant, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Max(Lanes1 a, Lanes1 b) => new(MathF.Max(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Min(Lanes1 a, Lanes1 b) => new(MathF.Min(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Abs(Lanes1 a) => new(MathF.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Sqrt(Lanes1 a) => new(MathF.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Round(Lanes1 a) => new(MathF.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 GreaterThan(Lanes1 a, Lanes1 b) => Mask(a.value > b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Equal(Lanes1 a, Lanes1 b) => Mask(a.value == b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Select(Lanes1 mask, Lanes1 a, Lanes1 b) => BitConverter.SingleToInt32Bits(mask.value) != 0 ? a : b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 AddExponent(Lanes1 a, Lanes1 exponent) =>
        new(BitConverter.Int32BitsToSingle(unchecked(BitConverter.SingleToInt32Bits(a.value) + ((int)exponent.value << 23))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes1 Mantissa, Lanes1 Exponent) SplitExponent(Lanes1 a)
    {
        const int rootHalf = 0x3f3504f3;
        var bits = unchecked(BitConverter.SingleToInt32Bits(a.value) - rootHalf);
        return (new(BitConverter.Int32BitsToSingle((bits & 0x007fffff) + rootHalf)), new(bits >> 23));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 AtMost(Lanes1 a, Lanes1 bound) => bound.value < a.value ? bound : a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 AtLeast(Lanes1 a, Lanes1 bound) => bound.value > a.value ? bound : a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 CopySign(Lanes1 magnitude, Lanes1 sign) => new(MathF.CopySign(magnitude.value, sign.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Scale(Lanes1 a, Lanes1 exponent)
    {
        var bits = (int)exponent.value;
        var half = bits >> 1;
        return new(a.value * PowerOfTwo(half) * PowerOfTwo(unchecked(bits - half)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 BroadcastBits(uint bits) => new(BitConverter.UInt32BitsToSingle(bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 And(Lanes1 a, Lanes1 b) => BroadcastBits(Bits(a) & Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Xor(Lanes1 a, Lanes1 b) => BroadcastBits(Bits(a) ^ Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 ShiftLeft(Lanes1 a, int count) => BroadcastBits(Bits(a) << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 ShiftRight(Lanes1 a, int count) => BroadcastBits(Bits(a) >> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 SignMask(Lanes1 a) => Mask((int)Bits(a) < 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 FromInteger(Lanes1 a) => new((int)Bits(a));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes1 High, Lanes1 Low) MultiplyWide(Lanes1 a, uint factor)
    {
        var product = (ulong)Bits(a) * factor;
        return (BroadcastBits((uint)(product >> 32)), BroadcastBits((uint)product));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes1 a) => a.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Bits(Lanes1 a) => BitConverter.SingleToUInt32Bits(a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float PowerOfTwo(int exponent) => BitConverter.Int32BitsToSingle(unchecked((exponent << 23) + 0x3f800000));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lanes1 Mask(bool set) => new(BitConverter.Int32BitsToSingle(set ? -1 : 0));
}
