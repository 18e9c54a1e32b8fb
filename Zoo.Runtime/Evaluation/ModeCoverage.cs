namespace Zoo;

/// <summary>
/// How much of a mixture of equal round Gaussians generated points cover: the measures by which mode collapse is reported (Srivastava et
/// al. 2017, VEEGAN, section 4.1; Lin et al. 2018, PacGAN, section 4.1).
/// </summary>
/// <remarks>
/// A point is of high quality if it lies within <see cref="Radius"/> standard deviations of its nearest mode; a mode is found if a point of
/// high quality is nearest to it. Of points in the plane that come from the mixture itself, 1 − e^(−4.5) = 98.89 % are of high quality.
/// </remarks>
public sealed class ModeCoverage
{
    /// <summary>Standard deviations within which a point is of high quality.</summary>
    public const double Radius = 3;

    readonly int[] counts;

    ModeCoverage(int[] counts, int samples)
    {
        this.counts = counts;
        Samples = samples;
        foreach (var count in counts)
        {
            HighQualitySamples += count;
            if (count > 0) Found++;
        }
        ReverseDivergence = HighQualitySamples > 0 ? DivergenceFromUniform() : double.NaN;
    }

    /// <summary>Points of high quality by mode, in the order in which the modes were given.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <summary>Points that were looked at.</summary>
    public int Samples { get; }

    /// <summary>Points within <see cref="Radius"/> standard deviations of a mode.</summary>
    public int HighQualitySamples { get; }

    /// <summary>Modes there are.</summary>
    public int Modes => counts.Length;

    /// <summary>Modes with at least one point of high quality.</summary>
    public int Found { get; }

    /// <summary>The part of all points that is of high quality, 0 to 1.</summary>
    public double HighQuality => (double)HighQualitySamples / Samples;

    /// <summary>
    /// Reverse Kullback–Leibler divergence, in nats: Σ p log(p / u), p the share of a mode among the points of high quality, u = 1 /
    /// <see cref="Modes"/>. 0 where all modes have the same share, log <see cref="Modes"/> where one has all; NaN without a point of high
    /// quality.
    /// </summary>
    public double ReverseDivergence { get; }

    /// <summary>Compares points with the modes that they should cover.</summary>
    /// <param name="samples">[count × <paramref name="size"/>], at least one point.</param>
    /// <param name="modes">[modes × <paramref name="size"/>]: the centres, at least one. A point between two belongs to the first.</param>
    /// <param name="size">Coordinates of a point.</param>
    /// <param name="deviation">Standard deviation of every mode in every coordinate; above 0.</param>
    /// <exception cref="ArgumentException">
    /// A span without points, with part of one, or with a value that is not finite; a size below 1; a deviation that is not above 0.
    /// </exception>
    public static ModeCoverage Measure(ReadOnlySpan<float> samples, ReadOnlySpan<float> modes, int size, double deviation)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, "Expected at least 1 coordinate of a point.");
        if (!(deviation > 0 && double.IsFinite(deviation)))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "Expected a standard deviation above 0.");
        var (points, centres) = (Points(samples, size, nameof(samples)), Points(modes, size, nameof(modes)));

        var counts = new int[centres];
        var limit = Radius * Radius * deviation * deviation;
        for (var point = 0; point < points; point++)
        {
            var (nearest, distance) = Nearest(samples.Slice(point * size, size), modes);
            if (distance <= limit) counts[nearest]++;
        }
        return new ModeCoverage(counts, points);
    }

    static int Points(ReadOnlySpan<float> rows, int size, string name)
    {
        if (rows.IsEmpty || rows.Length % size != 0)
            throw new ArgumentException($"Expected one or more points of {size} coordinates, got {rows.Length} values.", name);
        DataRange.Finite.Require(rows, size, name);
        return rows.Length / size;
    }

    static (int Mode, double SquaredDistance) Nearest(ReadOnlySpan<float> point, ReadOnlySpan<float> modes)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var mode = 0; mode * point.Length < modes.Length; mode++)
        {
            var sum = 0.0;
            for (var i = 0; i < point.Length; i++)
            {
                var difference = (double)point[i] - modes[mode * point.Length + i];
                sum += difference * difference;
            }
            if (sum < least) (nearest, least) = (mode, sum);
        }
        return (nearest, least);
    }

    double DivergenceFromUniform()
    {
        var sum = 0.0;
        foreach (var count in counts)
        {
            var share = (double)count / HighQualitySamples;
            if (count > 0) sum += share * Math.Log(share * counts.Length);
        }
        // Rounding may leave a uniform share a hair below 0.
        return Math.Max(sum, 0);
    }
}
