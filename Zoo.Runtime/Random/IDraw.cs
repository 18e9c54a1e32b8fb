namespace Zoo.Runtime;

/// <summary>What a distribution makes of a block of four random words: one number of each of four neighbouring columns.</summary>
interface IDraw
{
    static abstract (V, V, V, V) From<V>(V word0, V word1, V word2, V word3) where V : struct, IVector<V>;
}
