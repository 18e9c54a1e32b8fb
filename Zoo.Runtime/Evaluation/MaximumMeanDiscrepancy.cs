namespace Zoo;

/// <summary>
/// How far two samples are from one law: √(E k(x, x′) + E k(y, y′) − 2·E k(x, y)) over all pairs (Gretton et al. 2012, eq. 5, biased), with
/// k(x, y) the mean of Gaussian kernels e^(−|x − y|²/2s²) of several widths s.
/// </summary>
/// <remarks>
/// It is not negative, 0 for two equal samples, and of two independent samples of one law about as large as 1/√n: what it is for two draws
/// of the law itself is the floor that a learned sample is compared with.
/// </remarks>
public static class MaximumMeanDiscrepancy
{
    /// <summary>The discrepancy of two samples; takes time that grows with the square of their number.</summary>
    /// <param name="x">[n × <paramref name="size"/>], at least one point of finite numbers.</param>
    /// <param name="y">[m × <paramref name="size"/>], at least one point of finite numbers.</param>
    /// <param name="size">Coordinates of a point.</param>
    /// <param name="widths">s of each kernel, above 0; at least one.</param>
    /// <exception cref="ArgumentException">
    /// A sample is empty, no multiple of the size or not finite, or a width is not above 0.
    /// </exception>
    public static double Between(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int size, ReadOnlySpan<double> widths)
    {
        if (size < 1) throw new ArgumentException($"Expected at least 1 coordinate, got {size}.", nameof(size));
        Require(x, size, nameof(x));
        Require(y, size, nameof(y));
        if (widths.IsEmpty) throw new ArgumentException("Expected at least one width, got none.", nameof(widths));
        foreach (var width in widths)
            if (!(width > 0)) throw new ArgumentException($"Expected widths above 0, got {width}.", nameof(widths));
        return Math.Sqrt(Math.Max(0, Mean(x, x, size, widths) + Mean(y, y, size, widths) - 2 * Mean(x, y, size, widths)));
    }

    static void Require(ReadOnlySpan<float> points, int size, string name)
    {
        if (points.IsEmpty || points.Length % size != 0)
            throw new ArgumentException($"Expected points of {size} coordinates, at least one, got {points.Length} numbers.", name);
        DataRange.Finite.Require(points, size, name);
    }

    /// <summary>Mean kernel of all pairs.</summary>
    static double Mean(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int size, ReadOnlySpan<double> widths)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i += size)
        {
            for (var j = 0; j < y.Length; j += size)
            {
                var squared = 0.0;
                for (var k = 0; k < size; k++) squared += ((double)x[i + k] - y[j + k]) * ((double)x[i + k] - y[j + k]);
                foreach (var width in widths) sum += Math.Exp(-squared / (2 * width * width));
            }
        }
        return sum / widths.Length / (x.Length / size) / (y.Length / size);
    }
}
