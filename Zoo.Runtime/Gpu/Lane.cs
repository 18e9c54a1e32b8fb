using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Zoo.Runtime;

/// <summary>
/// One thread's number on an accelerator: the same maps, elementary functions and random numbers as on the processor, compiled by ILGPU. It
/// runs on the
/// host too, where it serves tests.
/// </summary>
/// <remarks>
/// ILGPU 1.5.3 has no fused multiply-add, so <see cref="MultiplyAdd"/> rounds twice wherever the driver's compiler does not contract it,
/// and results differ
/// from the processor's in their last bits. Every 41st single was tried: each elementary function stays within the bound it has on the
/// processor, but for
/// sine and cosine, which reach 3.4 ULP instead of 2 (every fifth single). <see cref="Cancel"/> splits both factors, so that the reductions
/// are exact
/// without fused operations, contracted or not, and sine and cosine keep their whole range, |x| ≤ 10⁶.
/// Comparisons are taken as values and selected by, never branched on: the C# compiler negates the comparison of a branch, and ILGPU's
/// OpenCL C forgets that
/// the negated one holds for NaN. Minima and maxima of the devices drop NaN, so there NaN is told from its bits.
/// </remarks>
public readonly struct Lane(float value) : IVector<Lane>
{
    /// <summary>The number.</summary>
    public float Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get;
    } = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <summary>A number as a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lane(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Broadcast(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Iota(int first) => new(first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Load(Floats source, int index) => new(source[index]);

    /// <summary>Reads the element at <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Load(ArrayView<float> source, int index) => new(source[index]);

    /// <summary>
    /// Reads the element at <paramref name="place"/> of the row that <paramref name="label"/> names, rows being
    /// <paramref name="stride"/> apart; 0 for −1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane LoadRow(ArrayView<float> source, float label, int stride, int place)
    {
        // Row 0 is read where there is no label: an address that is good either way needs no branch.
        var row = (int)label;
        return Choose(row >= 0, Load(source, place + Math.Max(row, 0) * stride), default);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Floats destination, int index) => destination.At(index)[0] = Value;

    /// <summary>Writes the element at <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ArrayView<float> destination, int index) => destination[index] = Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator +(Lane a, Lane b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator -(Lane a, Lane b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator *(Lane a, Lane b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator /(Lane a, Lane b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator -(Lane a) => new(-a.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane MultiplyAdd(Lane a, Lane b, Lane c) => new(a.Value * b.Value + c.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Cancel(Lane n, Lane constant, Lane x)
    {
        // Halves of 12 bits: every product is exact, whether or not it is contracted with its subtraction.
        var (nHigh, constantHigh) = (TopHalf(n), TopHalf(constant));
        var (nLow, constantLow) = (n - nHigh, constant - constantHigh);
        return x - nHigh * constantHigh - nHigh * constantLow - nLow * constantHigh - nLow * constantLow;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Max(Lane a, Lane b)
    {
        // Equal numbers differ in the sign of zero at most; of the two zeros, + is the larger.
        var larger = Choose(a.Value == b.Value, And(a, b), Choose(a.Value > b.Value, a, b));
        return Choose(IsNaN(a), a, Choose(IsNaN(b), b, larger));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Min(Lane a, Lane b)
    {
        var smaller = Choose(a.Value == b.Value, FromBits(Bits(a) | Bits(b)), Choose(a.Value < b.Value, a, b));
        return Choose(IsNaN(a), a, Choose(IsNaN(b), b, smaller));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Abs(Lane a) => FromBits(Bits(a) & int.MaxValue);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Sqrt(Lane a) => new(MathF.Sqrt(a.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Round(Lane a)
    {
        // From 2²³ on there are only integers; below, adding it leaves no bits for the fraction.
        var rounded = new Lane(Abs(a).Value + 8388608f - 8388608f);
        return Choose(Abs(a).Value < 8388608f, CopySign(rounded, a), a);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane GreaterThan(Lane a, Lane b) =>
        // Both ways round: ILGPU moves a constant to the right and takes the comparison it then writes as true for NaN. One of the two has
        // its constant there.
        Mask(a.Value > b.Value & b.Value < a.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Equal(Lane a, Lane b) => Mask(a.Value == b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Select(Lane mask, Lane a, Lane b) => Choose(Bits(mask) != 0, a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane AddExponent(Lane a, Lane exponent) => FromBits(unchecked(Bits(a) + ((int)exponent.Value << 23)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lane Mantissa, Lane Exponent) SplitExponent(Lane a)
    {
        const int rootHalf = 0x3f3504f3;
        var bits = unchecked(Bits(a) - rootHalf);
        return (FromBits((bits & 0x007fffff) + rootHalf), new(bits >> 23));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane AtMost(Lane a, Lane bound) => Choose(a.Value > bound.Value, bound, a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane AtLeast(Lane a, Lane bound) => Choose(a.Value < bound.Value, bound, a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane CopySign(Lane magnitude, Lane sign) => FromBits((Bits(magnitude) & int.MaxValue) | (Bits(sign) & int.MinValue));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Scale(Lane a, Lane exponent)
    {
        // Two factors, because 2^exponent itself may not be a normal number; the first product is exact, so there is one rounding here too.
        var bits = (int)exponent.Value;
        var half = bits >> 1;
        return a * PowerOfTwo(half) * PowerOfTwo(unchecked(bits - half));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane BroadcastBits(uint bits) => FromBits(unchecked((int)bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane And(Lane a, Lane b) => FromBits(Bits(a) & Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Xor(Lane a, Lane b) => FromBits(Bits(a) ^ Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane ShiftLeft(Lane a, int count) => FromBits(Bits(a) << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane ShiftRight(Lane a, int count) => BroadcastBits(Word(a) >> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane SignMask(Lane a) => FromBits(Bits(a) >> 31);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane FromInteger(Lane a) => new(Bits(a));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lane High, Lane Low) MultiplyWide(Lane a, uint factor)
    {
        var product = (ulong)Word(a) * factor;
        return (BroadcastBits((uint)(product >> 32)), BroadcastBits((uint)product));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lane a) => a.Value;

    // The signed conversions: ILGPU knows no others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Bits(Lane a) => BitConverter.SingleToInt32Bits(a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Word(Lane a) => unchecked((uint)BitConverter.SingleToInt32Bits(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane FromBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane TopHalf(Lane a) => FromBits(Bits(a) & ~0xfff);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane PowerOfTwo(int exponent) => FromBits(unchecked((exponent << 23) + 0x3f800000));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane Mask(bool set) => FromBits(Utilities.Select(set, -1, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane Choose(bool condition, Lane a, Lane b) => new(Utilities.Select(condition, a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsNaN(Lane a) => (Bits(a) & int.MaxValue) > 0x7f800000;
}
