namespace Zoo.Runtime;

/// <summary>
/// A random orthogonal matrix: Gram–Schmidt on normal vectors, in double, each vector cleaned twice ("twice is enough": Giraud et al.
/// 2005). Its R has a
/// positive diagonal, which makes Q uniform over the orthogonal matrices (Mezzadri 2007), as <c>torch.nn.init.orthogonal_</c> arranges by
/// signs.
/// </summary>
internal static class OrthogonalMatrix
{
    /// <summary>
    /// Fills rows × columns, row-major, with orthonormal rows, or orthonormal columns where there are more rows than columns.
    /// </summary>
    public static void Fill(Span<float> values, int rows, int columns, InitialDraws draws)
    {
        var (count, size) = (Math.Min(rows, columns), Math.Max(rows, columns));
        var basis = new double[count][];
        for (var i = 0; i < count; i++)
        {
            basis[i] = Direction(basis.AsSpan(0, i), i, size, draws);
            for (var j = 0; j < size; j++)
            {
                var at = rows <= columns ? i * columns + j : j * columns + i;
                values[at] = (float)basis[i][j];
            }
        }
    }

    static double[] Direction(ReadOnlySpan<double[]> basis, int row, int size, InitialDraws draws)
    {
        // A draw within the span of the earlier vectors (possible in one or two dimensions, where a normal can be 0) is drawn again.
        for (var attempt = 0; ; attempt++)
        {
            var normals = new float[size];
            draws.Normal(normals, size, row, attempt);
            var vector = Array.ConvertAll(normals, value => (double)value);
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var other in basis)
                {
                    var projection = Dot(vector, other);
                    for (var j = 0; j < size; j++) vector[j] -= projection * other[j];
                }
            }

            var norm = Math.Sqrt(Dot(vector, vector));
            if (norm < 1e-6) continue;
            for (var j = 0; j < size; j++) vector[j] /= norm;
            return vector;
        }
    }

    static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
