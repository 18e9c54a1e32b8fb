using System.Runtime.CompilerServices;
using System.Text;

namespace Zoo.Runtime;

/// <summary>
/// Philox 4x32-10, a counter-based generator: a block of four words is a pure function of a 128-bit counter and a 64-bit key
/// (Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011). Nothing is carried from draw to draw, so any
/// element of any draw can be computed anywhere, in any order.
/// </summary>
/// <remarks>
/// The counter of a draw's element: word 0 is column / 4, word 1 the row (of the whole batch, over all machines), word 2 the low 32 bits of
/// the step, word 3 the iteration in its high half and bits 32 to 47 of the step in its low half. So blocks never collide for rows below
/// 2³², steps below 2⁴⁸
/// and iterations below 2¹⁶. Word j of the block belongs to column 4·(column / 4) + j.
/// </remarks>
public static class Philox
{
    const uint Multiplier0 = 0xD2511F53;
    const uint Multiplier1 = 0xCD9E8D57;
    const uint Weyl0 = 0x9E3779B9;
    const uint Weyl1 = 0xBB67AE85;
    const int Rounds = 10;

    /// <summary>The key of a draw: the seed, xor the 64-bit FNV-1a hash of the name's UTF-8 bytes.</summary>
    public static ulong DrawKey(ulong seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var hash = 0xcbf29ce484222325UL;
        foreach (var b in Encoding.UTF8.GetBytes(name)) hash = unchecked((hash ^ b) * 0x100000001b3UL);
        return seed ^ hash;
    }

    /// <summary>One element of a uniform draw, in [0, 1): bit for bit what <see cref="Draws.Uniform"/> writes there.</summary>
    public static float Uniform(ulong key, long step, int iteration, long row, int column) =>
        Element(key, step, iteration, row, column).Uniform;

    /// <summary>One element of a standard normal draw: bit for bit what <see cref="Draws.Normal"/> writes there.</summary>
    public static float Normal(ulong key, long step, int iteration, long row, int column) =>
        Element(key, step, iteration, row, column).Normal;

    /// <summary>The class that <see cref="Draws.OneHot"/> sets in a row, in [0, <paramref name="classes"/>).</summary>
    public static int Class(ulong key, long step, int iteration, long row, int classes)
    {
        if (classes < 1)
            throw new ArgumentOutOfRangeException(nameof(classes), classes, $"a one-hot draw needs at least 1 class, got {classes}");
        var (word2, word3) = StepWords(step, iteration, row, 1);
        var (word, _, _, _) = Block(0, (uint)row, word2, word3, key);
        return Class(word, classes);
    }

    /// <summary>The class that a word chooses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Class(uint word, int classes) => (int)((ulong)word * (uint)classes >> 32);

    /// <summary>One block, from the words of a counter.</summary>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(
        uint counter0, uint counter1, uint counter2, uint counter3, ulong key)
    {
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var (product0, product1) = ((ulong)Multiplier0 * counter0, (ulong)Multiplier1 * counter2);
            (counter0, counter1, counter2, counter3) =
                ((uint)(product1 >> 32) ^ counter1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ counter3 ^ key1, (uint)product0);
            unchecked
            {
                key0 += Weyl0;
                key1 += Weyl1;
            }
        }
        return (counter0, counter1, counter2, counter3);
    }

    // As many blocks as V has lanes; the words travel as the bits of the lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (V Word0, V Word1, V Word2, V Word3) Blocks<V>(V counter0, V counter1, V counter2, V counter3, ulong key)
        where V : struct, IVector<V>
    {
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var (high0, low0) = V.MultiplyWide(counter0, Multiplier0);
            var (high1, low1) = V.MultiplyWide(counter2, Multiplier1);
            counter0 = V.Xor(V.Xor(high1, counter1), V.BroadcastBits(key0));
            counter2 = V.Xor(V.Xor(high0, counter3), V.BroadcastBits(key1));
            (counter1, counter3) = (low1, low0);
            unchecked
            {
                key0 += Weyl0;
                key1 += Weyl1;
            }
        }
        return (counter0, counter1, counter2, counter3);
    }

    // The two counter words that a whole draw shares, once its coordinates are known to fit the counter.
    internal static (uint Word2, uint Word3) StepWords(long step, int iteration, long firstRow, int rows)
    {
        if (step is < 0 or >= 1L << 48)
            throw new ArgumentOutOfRangeException(nameof(step), step, $"a step must lie in [0, 2^48), got {step}");
        if (iteration is < 0 or >= 1 << 16)
            throw new ArgumentOutOfRangeException(nameof(iteration), iteration, $"an iteration must lie in [0, 65536), got {iteration}");
        if (firstRow < 0 || firstRow > (1L << 32) - rows)
            throw new ArgumentOutOfRangeException(nameof(firstRow), firstRow, $"rows must lie in [0, 2^32), got {rows} from {firstRow} on");
        return ((uint)step, (uint)iteration << 16 | (uint)(step >> 32));
    }

    static (float Uniform, float Normal) Element(ulong key, long step, int iteration, long row, int column)
    {
        if (column < 0) throw new ArgumentOutOfRangeException(nameof(column), column, $"a column must not be negative, got {column}");
        var (word2, word3) = StepWords(step, iteration, row, 1);
        var (w0, w1, w2, w3) = Block((uint)column / 4, (uint)row, word2, word3, key);
        var (even, odd) = (column & 2) == 0 ? (w0, w1) : (w2, w3);
        var (cosine, sine) = Variates.Normals(Lanes1.BroadcastBits(even), Lanes1.BroadcastBits(odd));
        var uniform = Variates.Uniform(Lanes1.BroadcastBits((column & 1) == 0 ? even : odd));
        return (Lanes1.Sum(uniform), Lanes1.Sum((column & 1) == 0 ? cosine : sine));
    }
}
