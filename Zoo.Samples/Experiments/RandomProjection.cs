using Zoo.Runtime;

namespace Zoo.Samples.Experiments;

/// <summary>
/// Fewer numbers in place of a row, each a sum of all of its own with weights from N(0, 1): distances are kept up to scale, roughly
/// (Johnson and Lindenstrauss 1984). What codes that were learned must beat.
/// </summary>
internal static class RandomProjection
{
    /// <param name="rows">[count × <paramref name="from"/>].</param>
    /// <param name="from">Numbers of a row.</param>
    /// <param name="to">Numbers in its place.</param>
    /// <param name="seed">Of the weights.</param>
    /// <returns>[count × <paramref name="to"/>].</returns>
    public static float[] Of(float[] rows, int from, int to, ulong seed)
    {
        var key = Philox.DrawKey(seed, "projection");
        var weights = new float[from * to];
        for (var i = 0; i < from; i++)
            for (var j = 0; j < to; j++) weights[i * to + j] = Philox.Normal(key, 0, 0, i, j);
        var projected = new float[rows.Length / from * to];
        for (var row = 0; row * from < rows.Length; row++)
        {
            var sums = projected.AsSpan(row * to, to);
            for (var i = 0; i < from; i++)
            {
                var value = rows[row * from + i];
                // Most pixels are black.
                if (value == 0) continue;
                var weight = weights.AsSpan(i * to, to);
                for (var j = 0; j < to; j++) sums[j] += value * weight[j];
            }
        }
        return projected;
    }
}
