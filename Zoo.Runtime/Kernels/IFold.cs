namespace Zoo.Runtime;

/// <summary>What a reduction does to two numbers: associative but for rounding, so that blocks of an axis can be folded apart.</summary>
interface IFold
{
    /// <summary>What changes nothing when combined.</summary>
    static abstract float Identity { get; }

    static abstract V Combine<V>(V a, V b) where V : struct, IVector<V>;
}
