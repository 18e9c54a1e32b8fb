using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// The squared Fréchet distance of Gaussians fitted to two sets of features, |m − m′|² + tr(C + C′ − 2·(C·C′)^½) (Dowson and Landau 1982;
/// Heusel et al. 2017): how far generated examples are from data, as a feature extractor sees them.
/// </summary>
/// <remarks>
/// <para>Two values can be compared only where one and the same extractor made the features and both have as many rows: another network,
/// layer, scaling or count gives another number. With features of a classifier of one's own it is on another scale than the published
/// "FID", which has Inception's, and is never to be set beside it.</para>
/// <para>A fit to few rows is biased upward, the more features there are: two halves of the data give the floor. As many rows as features
/// or fewer leave the covariances singular; the distance of such Gaussians is what is returned, and mostly that bias.</para>
/// </remarks>
public static class FrechetDistance
{
    /// <summary>Of two sets of rows.</summary>
    /// <param name="x">[count × <paramref name="size"/>], at least 2 rows of finite numbers.</param>
    /// <param name="y">[count × <paramref name="size"/>], at least 2 rows of finite numbers; the counts may differ.</param>
    /// <param name="size">Features of a row, at least 1.</param>
    /// <returns>In squared units of the features; not negative, 0 for equal sets.</returns>
    /// <exception cref="ArgumentException">Fewer than 2 rows, a part of one, or a value that is not finite.</exception>
    public static double Between(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int size) =>
        Between(Moments(x, size, nameof(x)), Moments(y, size, nameof(y)));

    /// <summary>Of two sets whose moments were gathered before.</summary>
    /// <param name="x">Of at least 2 rows.</param>
    /// <param name="y">Of at least 2 rows with as many features.</param>
    /// <returns>In squared units of the features; not negative, 0 for equal moments.</returns>
    /// <exception cref="ArgumentException">Fewer than 2 rows, or other features in the one than in the other.</exception>
    public static double Between(FeatureMoments x, FeatureMoments y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Require(x, nameof(x));
        Require(y, nameof(y));
        if (x.Size != y.Size)
            throw new ArgumentException($"Expected {x.Size} features of a row, as the other set has, got {y.Size}.", nameof(y));
        var (size, left, right) = (x.Size, x.Covariance(), y.Covariance());
        var distance = 0.0;
        for (var i = 0; i < size; i++)
        {
            var difference = x.Mean[i] - y.Mean[i];
            distance += difference * difference + left[i * size + i] + right[i * size + i];
        }
        return Math.Max(0, distance - 2 * TraceOfRoot(left, right, size));
    }

    /// <summary>
    /// tr (C·C′)^½: with C = L·Lᵀ the product has the eigenvalues of Lᵀ·C′·L, which is symmetric, so that no root of an unsymmetric matrix,
    /// which may be complex by rounding, is taken.
    /// </summary>
    static double TraceOfRoot(double[] left, double[] right, int size)
    {
        var columns = CholeskyFactor.SemiDefinite(left, size);
        if (columns.Length == 0) return 0;
        var (between, product) = (new double[columns.Length * columns.Length], new double[size]);
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = 0; j < size; j++) product[j] = DoubleRows.Dot(columns[i], right.AsSpan(j * size, size));
            for (var j = 0; j <= i; j++)
                between[i * columns.Length + j] = between[j * columns.Length + i] = DoubleRows.Dot(product, columns[j]);
        }
        // One that is 0 may be a little below it.
        return SymmetricEigenvalues.Of(between, columns.Length).Sum(value => Math.Sqrt(Math.Max(0, value)));
    }

    static FeatureMoments Moments(ReadOnlySpan<float> rows, int size, string name)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, "Expected at least 1 feature of a row.");
        if (rows.Length < 2 * (long)size || rows.Length % size != 0)
            throw new ArgumentException($"Expected 2 or more rows of {size} features, got {rows.Length} values.", name);
        DataRange.Finite.Require(rows, size, name);
        return FeatureMoments.Of(rows, size);
    }

    static void Require(FeatureMoments moments, string name)
    {
        if (moments.Count < 2) throw new ArgumentException($"Expected moments of at least 2 rows, got {moments.Count}.", name);
    }
}
