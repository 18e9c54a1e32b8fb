namespace Zoo.Runtime;

/// <summary>Copies between layouts: transposes, slices, concatenations, broadcasts.</summary>
public static unsafe class Copy
{
    const long SharedFrom = 16384;

    /// <summary>
    /// destination[i·t0 + j·t1 + k·t2 + l·t3] = source[i·s0 + j·s1 + k·s2 + l·s3] for all i &lt; d0, j &lt; d1, k &lt; d2, l &lt; d3. A source
    /// stride of 0 repeats. The two must not overlap. A large copy is shared over the workers; there is no barrier inside.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    public static void Strided(
        Worker worker, Floats source, Floats destination,
        int d0, int d1, int d2, int d3, int s0, int s1, int s2, int s3, int t0, int t1, int t2, int t3)
    {
        if (d0 < 0 || d1 < 0 || d2 < 0 || d3 < 0)
            throw new ArgumentOutOfRangeException(nameof(d0), d0, $"dimensions must be at least 0, got {d0} × {d1} × {d2} × {d3}");
        var rows = d0 * d1 * d2;
        var shared = (long)rows * d3 > SharedFrom;
        if (!shared && worker.Index != 0) return;
        var (from, to) = shared ? worker.Share(rows) : (0, rows);
        if (from == to) return;
        var (i, j, k) = (from / d2 / d1, from / d2 % d1, from % d2);
        for (var row = from; row < to; row++)
        {
            var p = source.Address + (long)i * s0 + (long)j * s1 + (long)k * s2;
            var q = destination.Address + (long)i * t0 + (long)j * t1 + (long)k * t2;
            if (s3 == 1 && t3 == 1) new ReadOnlySpan<float>(p, d3).CopyTo(new(q, d3));
            else for (var l = 0; l < d3; l++, p += s3, q += t3) *q = *p;
            if (++k < d2) continue;
            k = 0;
            if (++j < d1) continue;
            (i, j) = (i + 1, 0);
        }
    }
}
