using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// Matrix products of single examples: many and small, so packing would cost more than it saves. Large ones go through the packed kernel.
/// </summary>
public static unsafe class SmallProduct
{
    const long SharedFrom = 1 << 18;

    /// <summary>
    /// c[i] = op(a[i])·op(b[i]) for every i, all row-major and contiguous, op(a) being m × k and op(b) k × n (so that a is stored k × m
    /// where it
    /// is transposed, and b n × k). Examples are shared over the workers where the whole is large; there is no barrier inside.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    public static void Run(Worker worker, Floats a, Floats b, Floats c, int count, int m, int n, int k, bool transposeA, bool transposeB)
    {
        if (count < 0 || m < 0 || n < 0 || k < 0)
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"dimensions must be at least 0, got {count} products of {m} × {k} by {k} × {n}");
        var shared = (long)count * m * n * k > SharedFrom;
        if (!shared && worker.Index != 0) return;
        var (from, to) = shared ? worker.Share(count) : (0, count);
        for (var i = from; i < to; i++)
        {
            var ai = a.Address + (long)i * m * k;
            var bi = b.Address + (long)i * k * n;
            var ci = c.Address + (long)i * m * n;
            switch (worker.Width)
            {
                case VectorWidth.Bits512: One<Lanes16>(ai, bi, ci, m, n, k, transposeA, transposeB); break;
                case VectorWidth.Bits256: One<Lanes8>(ai, bi, ci, m, n, k, transposeA, transposeB); break;
                case VectorWidth.Bits128: One<Lanes4>(ai, bi, ci, m, n, k, transposeA, transposeB); break;
                default: One<Lanes1>(ai, bi, ci, m, n, k, transposeA, transposeB); break;
            }
        }
    }

    static void One<V>(float* a, float* b, float* c, int m, int n, int k, bool transposeA, bool transposeB) where V : struct, IVector<V>
    {
        var (rowStride, innerStride) = transposeA ? (1, m) : (k, 1);
        for (var row = 0; row < m; row++)
        {
            if (!transposeB)
            {
                var done = Columns<V>(a + row * rowStride, innerStride, b, n, 1, c + row * n, 0, n, k);
                Columns<Lanes1>(a + row * rowStride, innerStride, b, n, 1, c + row * n, done, n, k);
            }
            else if (!transposeA) Dots<V>(a + row * k, b, c + row * n, n, k);
            else Columns<Lanes1>(a + row, m, b, 1, k, c + row * n, 0, n, k);
        }
    }

    // A row of c, as many columns at a time as V has lanes; those columns of b must be neighbours unless V is one lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Columns<V>(float* a, int aStride, float* b, int bRowStride, int bColumnStride, float* c, int from, int n, int k)
        where V : struct, IVector<V>
    {
        for (; from + V.Count <= n; from += V.Count)
        {
            var sum = V.Broadcast(0f);
            for (var i = 0; i < k; i++)
                sum = V.MultiplyAdd(V.Broadcast(a[i * aStride]), V.Load(new(b + i * bRowStride + from * bColumnStride), 0), sum);
            sum.Store(new(c), from);
        }
        return from;
    }

    // A row of c as scalar products of contiguous rows of a and b.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Dots<V>(float* a, float* b, float* c, int n, int k) where V : struct, IVector<V>
    {
        for (var column = 0; column < n; column++, b += k)
        {
            var sums = V.Broadcast(0f);
            var i = 0;
            for (; i + V.Count <= k; i += V.Count) sums = V.MultiplyAdd(V.Load(new(a), i), V.Load(new(b), i), sums);
            var sum = V.Sum(sums);
            for (; i < k; i++) sum = MathF.FusedMultiplyAdd(a[i], b[i], sum);
            c[column] = sum;
        }
    }
}
