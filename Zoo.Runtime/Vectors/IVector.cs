namespace Zoo.Runtime;

/// <summary>
/// A vector of <see cref="Count"/> single-precision lanes. A map is written once over this interface and the JIT specialises it for
/// <see cref="Lanes16"/>, <see cref="Lanes8"/>, <see cref="Lanes4"/> and <see cref="Lanes1"/>. Comparisons give a mask: all bits of a lane
/// set, or none.
/// </summary>
public interface IVector<TSelf> where TSelf : struct, IVector<TSelf>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes <paramref name="value"/>.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary><paramref name="first"/>, <paramref name="first"/> + 1, …: the columns of a vector, exact below 2²⁴.</summary>
    static abstract TSelf Iota(int first);

    /// <summary>Reads <see cref="Count"/> elements from <paramref name="index"/> on; no alignment is assumed.</summary>
    static abstract TSelf Load(Floats source, int index);

    /// <summary>Writes <see cref="Count"/> elements from <paramref name="index"/> on; no alignment is assumed.</summary>
    void Store(Floats destination, int index);

    /// <summary>Lane by lane.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>Lane by lane.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>Lane by lane.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>Lane by lane.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>Changes the sign of every lane.</summary>
    static abstract TSelf operator -(TSelf a);

    /// <summary>a·b + c, with one rounding where the processor has it.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>
    /// x − n·constant, the product exact, for an integral n below 2²³: argument reductions, where the difference cancels.
    /// </summary>
    static abstract TSelf Cancel(TSelf n, TSelf constant, TSelf x);

    /// <summary>The larger of each pair; NaN where either is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller of each pair; NaN where either is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>Absolute value.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary>Correctly rounded square root.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>To the nearest integer, halves to even.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>Mask of the lanes where a &gt; b.</summary>
    static abstract TSelf GreaterThan(TSelf a, TSelf b);

    /// <summary>Mask of the lanes where a = b.</summary>
    static abstract TSelf Equal(TSelf a, TSelf b);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>
    /// The bits of a plus (integer)<paramref name="exponent"/> shifted into the exponent field: a·2^exponent while the result stays normal.
    /// </summary>
    static abstract TSelf AddExponent(TSelf a, TSelf exponent);

    /// <summary>Splits a positive normal number into a mantissa in [√½, √2) and its exponent, as an integral float.</summary>
    static abstract (TSelf Mantissa, TSelf Exponent) SplitExponent(TSelf a);

    /// <summary>
    /// The smaller of each pair where <paramref name="bound"/> is a number; NaN where a is NaN. One instruction, which <see cref="Min"/> is
    /// not.
    /// </summary>
    static abstract TSelf AtMost(TSelf a, TSelf bound);

    /// <summary>
    /// The larger of each pair where <paramref name="bound"/> is a number; NaN where a is NaN. One instruction, which <see cref="Max"/> is
    /// not.
    /// </summary>
    static abstract TSelf AtLeast(TSelf a, TSelf bound);

    /// <summary>The absolute value of one with the sign of the other.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>
    /// a·2^exponent with one rounding, for integral exponents in [-250, 250] and a in [½, 2]: overflows to infinity, underflows gradually.
    /// </summary>
    static abstract TSelf Scale(TSelf a, TSelf exponent);

    /// <summary>All lanes the number with these bits.</summary>
    static abstract TSelf BroadcastBits(uint bits);

    /// <summary>Bit by bit.</summary>
    static abstract TSelf And(TSelf a, TSelf b);

    /// <summary>Bit by bit.</summary>
    static abstract TSelf Xor(TSelf a, TSelf b);

    /// <summary>The bits of each lane moved up by <paramref name="count"/>, zeros following.</summary>
    static abstract TSelf ShiftLeft(TSelf a, int count);

    /// <summary>The bits of each lane moved down by <paramref name="count"/>, zeros following.</summary>
    static abstract TSelf ShiftRight(TSelf a, int count);

    /// <summary>Mask of the lanes whose highest bit is set.</summary>
    static abstract TSelf SignMask(TSelf a);

    /// <summary>The bits of each lane, read as a signed integer, as a number.</summary>
    static abstract TSelf FromInteger(TSelf a);

    /// <summary>
    /// The bits of each lane, read as an unsigned integer, times <paramref name="factor"/>: the two words of the 64-bit product.
    /// </summary>
    static abstract (TSelf High, TSelf Low) MultiplyWide(TSelf a, uint factor);

    /// <summary>Sum of the lanes, as a balanced tree.</summary>
    static abstract float Sum(TSelf a);
}
