namespace Zoo.Tests.Metrics;

/// <summary>The data of <c>references.py</c>, to the bit: values from −1 to 1 by a linear congruence, scaled and moved.</summary>
static class ReferenceRows
{
    /// <param name="seed">State before the first value.</param>
    /// <param name="count">Rows.</param>
    /// <param name="size">Values of a row.</param>
    /// <param name="scale">A power of two.</param>
    /// <param name="shift">Is added, and rounds once.</param>
    public static float[] Of(uint seed, int count, int size, float scale = 1, float shift = 0)
    {
        var (state, values) = ((ulong)seed, new float[count * size]);
        for (var i = 0; i < values.Length; i++)
        {
            state = (state * 1103515245 + 12345) % (1UL << 31);
            values[i] = ((state >> 7) / (float)(1 << 23) - 1) * scale + shift;
        }
        return values;
    }

    /// <summary>Each coordinate with half of the one before.</summary>
    public static float[] Skewed(float[] rows, int size) =>
        [.. rows.Select((value, i) => i % size == 0 ? value : (float)(value + 0.5 * rows[i - 1]))];
}
