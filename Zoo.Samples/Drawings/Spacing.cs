namespace Zoo.Samples.Drawings;

/// <summary>Places on a line.</summary>
internal static class Spacing
{
    /// <summary>
    /// The places nearest to the wanted ones, by the sum of squares, that keep the order and a least distance: after its distances are
    /// taken off, that is a regression on rising numbers, which pooling neighbours that are out of order solves.
    /// </summary>
    /// <param name="wanted">Wanted places, in order.</param>
    /// <param name="distances">Least distance of each to the one before it; that of the first counts for nothing.</param>
    public static float[] Place(IReadOnlyList<float> wanted, IReadOnlyList<float> distances)
    {
        var (offsets, pools) = (new float[wanted.Count], new List<(float Sum, int Count)>());
        for (var i = 0; i < wanted.Count; i++)
        {
            if (i > 0) offsets[i] = offsets[i - 1] + distances[i];
            pools.Add((wanted[i] - offsets[i], 1));
            while (pools.Count > 1 && Mean(pools[^2]) > Mean(pools[^1]))
            {
                var (last, before) = (pools[^1], pools[^2]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add((last.Sum + before.Sum, last.Count + before.Count));
            }
        }
        var places = pools.SelectMany(pool => Enumerable.Repeat(Mean(pool), pool.Count)).ToArray();
        for (var i = 0; i < places.Length; i++) places[i] += offsets[i];
        return places;

        static float Mean((float Sum, int Count) pool) => pool.Sum / pool.Count;
    }
}
