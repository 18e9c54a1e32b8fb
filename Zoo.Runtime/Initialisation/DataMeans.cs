namespace Zoo.Runtime;

/// <summary>First biases from data: of units that each stand for the same number of neighbouring values of an example.</summary>
static class DataMeans
{
    /// <summary>Means of each unit's values over the examples.</summary>
    /// <param name="examples">At least one.</param>
    /// <param name="size">Values of an example.</param>
    /// <param name="units">A divisor of <paramref name="size"/>: pixels, or channels of images.</param>
    public static double[] Of(ReadOnlySpan<float> examples, int size, int units)
    {
        var count = (double)(examples.Length / units);
        return Array.ConvertAll(Sums(examples, size, units), sum => sum / count);
    }

    /// <summary>Log-odds of the means, with half a value more of 0 and of 1, so that none is infinite.</summary>
    /// <inheritdoc cref="Of"/>
    public static double[] LogOdds(ReadOnlySpan<float> examples, int size, int units)
    {
        var count = (double)(examples.Length / units);
        return Array.ConvertAll(Sums(examples, size, units), sum => Math.Log((sum + 0.5) / (count - sum + 0.5)));
    }

    static double[] Sums(ReadOnlySpan<float> examples, int size, int units)
    {
        var sums = new double[units];
        var neighbours = size / units;
        for (var i = 0; i < examples.Length; i++) sums[i % size / neighbours] += examples[i];
        return sums;
    }
}
