namespace Zoo.Samples.Pictures;

/// <summary>
/// The directions in which points spread most (Pearson 1901): eigenvectors of their covariance, by cyclic Jacobi rotations
/// (Golub and Van Loan, Matrix Computations, 8.5), which is all that twenty dimensions ask for.
/// </summary>
internal sealed class PrincipalComponents
{
    const int MostSweeps = 100;

    readonly double[] mean;
    readonly double[][] directions;

    PrincipalComponents(double[] mean, double[][] directions, double[] variances) =>
        (this.mean, this.directions, Variances) = (mean, directions, variances);

    /// <summary>Variance along each component, largest first.</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>The part of all variance that lies along component <paramref name="component"/>, 0 to 1.</summary>
    public double Share(int component) => Variances.Sum() is > 0 and var sum ? Variances[component] / sum : 0;

    /// <param name="rows">[count × <paramref name="size"/>].</param>
    /// <param name="size">Coordinates of a point.</param>
    public static PrincipalComponents Of(ReadOnlySpan<float> rows, int size)
    {
        var count = rows.Length / size;
        var mean = new double[size];
        for (var i = 0; i < rows.Length; i++) mean[i % size] += rows[i] / (double)count;
        var covariance = new double[size, size];
        for (var row = 0; row < count; row++)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                    covariance[i, j] += (rows[row * size + i] - mean[i]) * (rows[row * size + j] - mean[j]) / count;
            }
        }
        var vectors = Diagonalise(covariance);
        var order = Enumerable.Range(0, size).OrderByDescending(k => covariance[k, k]).ToArray();
        return new PrincipalComponents(mean, [.. order.Select(k => Direction(vectors, k))], [.. order.Select(k => covariance[k, k])]);
    }

    /// <summary>The coordinate of a point along component <paramref name="component"/>, measured from the mean.</summary>
    public double Project(ReadOnlySpan<float> point, int component)
    {
        var sum = 0.0;
        for (var i = 0; i < point.Length; i++) sum += (point[i] - mean[i]) * directions[component][i];
        return sum;
    }

    // An eigenvector is one up to its sign: the largest entry is made positive, so that pictures of similar codes are similar.
    static double[] Direction(double[,] vectors, int column)
    {
        var direction = Enumerable.Range(0, vectors.GetLength(0)).Select(i => vectors[i, column]).ToArray();
        var sign = Math.Sign(direction.MaxBy(Math.Abs));
        return [.. direction.Select(x => sign * x)];
    }

    /// <summary>Leaves the eigenvalues on the diagonal of <paramref name="a"/> and returns the eigenvectors as columns.</summary>
    static double[,] Diagonalise(double[,] a)
    {
        var n = a.GetLength(0);
        var vectors = new double[n, n];
        var trace = 0.0;
        for (var i = 0; i < n; i++)
        {
            vectors[i, i] = 1;
            trace += a[i, i];
        }
        for (var sweep = 0; sweep < MostSweeps && OffDiagonal(a) > 1e-15 * trace; sweep++)
        {
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++) Rotate(a, vectors, p, q);
            }
        }
        return vectors;
    }

    static double OffDiagonal(double[,] a)
    {
        var largest = 0.0;
        for (var p = 0; p < a.GetLength(0); p++)
        {
            for (var q = p + 1; q < a.GetLength(0); q++) largest = Math.Max(largest, Math.Abs(a[p, q]));
        }
        return largest;
    }

    /// <summary>The rotation in the plane (p, q) that makes a[p, q] zero, by the smaller of the two angles that do (8.5.2).</summary>
    static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0) return;
        var tau = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + tau * tau));
        var c = 1 / Math.Sqrt(1 + t * t);
        var s = t * c;
        for (var k = 0; k < a.GetLength(0); k++) (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]);
        for (var k = 0; k < a.GetLength(0); k++) (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]);
        for (var k = 0; k < a.GetLength(0); k++)
            (vectors[k, p], vectors[k, q]) = (c * vectors[k, p] - s * vectors[k, q], s * vectors[k, p] + c * vectors[k, q]);
    }
}
