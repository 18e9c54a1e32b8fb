namespace Zoo.Benchmarks.Replay;

/// <summary>How far numbers are from others of which some may be near 0.</summary>
static class LargestDeviation
{
    /// <summary>The largest distance, relative to the largest number expected; not a number where there are more or fewer.</summary>
    public static double Of(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected)
    {
        if (actual.Length != expected.Length) return double.NaN;
        var (largest, size) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            // Of a number and what is none, Max takes the latter.
            largest = Math.Max(largest, Math.Abs(actual[i] - expected[i]));
            size = Math.Max(size, Math.Abs(expected[i]));
        }
        return largest == 0 ? 0 : largest / size;
    }
}
