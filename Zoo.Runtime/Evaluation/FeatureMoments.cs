using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// Mean and covariance of feature rows, in double precision, gathered as the rows come (Welford 1962): the Gaussian that a
/// <see cref="FrechetDistance"/> compares. Of the data it is computed once, of generated examples batch by batch, with no set of features
/// in memory.
/// </summary>
/// <remarks>The same bits however the rows are split over calls of <see cref="Add"/>. Takes count·size² operations.</remarks>
public sealed class FeatureMoments
{
    readonly double[] mean, difference;

    // Σ (x − mean)·(x − mean)ᵀ: rows from the diagonal on, those of a full matrix.
    readonly double[] scatter;

    /// <summary>Of no rows yet.</summary>
    /// <param name="size">Features of a row, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public FeatureMoments(int size)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, "Expected at least 1 feature of a row.");
        Size = size;
        (mean, difference, scatter) = (new double[size], new double[size], new double[checked(size * size)]);
    }

    /// <summary>Of the rows of a span.</summary>
    /// <inheritdoc cref="Add"/>
    /// <param name="rows">[count × <paramref name="size"/>], finite.</param>
    /// <param name="size">Features of a row, at least 1.</param>
    public static FeatureMoments Of(ReadOnlySpan<float> rows, int size)
    {
        var moments = new FeatureMoments(size);
        moments.Add(rows);
        return moments;
    }

    /// <summary>Features of a row.</summary>
    public int Size { get; }

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Mean of each feature; 0 where there is no row yet.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>Takes further rows.</summary>
    /// <param name="rows">[count × <see cref="Size"/>], finite.</param>
    /// <exception cref="ArgumentException">A part of a row, or a value that is not finite; no row is taken then.</exception>
    public void Add(ReadOnlySpan<float> rows)
    {
        if (rows.Length % Size != 0)
            throw new ArgumentException($"Expected rows of {Size} features, got {rows.Length} values.", nameof(rows));
        DataRange.Finite.Require(rows, Size, nameof(rows));
        for (var start = 0; start < rows.Length; start += Size)
        {
            Count++;
            for (var i = 0; i < Size; i++)
            {
                difference[i] = rows[start + i] - mean[i];
                mean[i] += difference[i] / Count;
            }
            var factor = (Count - 1.0) / Count;
            for (var i = 0; i < Size; i++)
                DoubleRows.Add(scatter.AsSpan(i * Size + i, Size - i), factor * difference[i], difference.AsSpan(i));
        }
    }

    /// <summary>
    /// The covariance, [size × size], row by row, by count − 1 as <c>numpy.cov</c> has it. Of no more rows than features it is singular.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are fewer than 2 rows.</exception>
    public double[] Covariance()
    {
        if (Count < 2) throw new InvalidOperationException($"Expected at least 2 rows for a covariance, got {Count}.");
        var covariance = new double[scatter.Length];
        for (var i = 0; i < Size; i++)
            for (var j = i; j < Size; j++) covariance[i * Size + j] = covariance[j * Size + i] = scatter[i * Size + j] / (Count - 1);
        return covariance;
    }
}
