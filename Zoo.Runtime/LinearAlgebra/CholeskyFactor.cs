namespace Zoo.Runtime;

/// <summary>Lower factors L of covariances, L·Lᵀ = A, in double precision.</summary>
static class CholeskyFactor
{
    const double Rounding = 2.220446049250313e-16;

    /// <summary>Of a positive definite matrix, in place: the lower triangle becomes L, what is above it 0.</summary>
    /// <param name="matrix">[size × size], symmetric.</param>
    /// <param name="size">Rows.</param>
    /// <returns>Whether it is positive definite; where not, what is in it is lost.</returns>
    public static bool TryFactor(Span<double> matrix, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = matrix.Slice(i * size, size);
            for (var j = 0; j < i; j++)
                row[j] = (row[j] - DoubleRows.Dot(row[..j], matrix.Slice(j * size, size))) / matrix[j * size + j];
            var square = row[i] - DoubleRows.Dot(row[..i], row);
            // A NaN fails here too.
            if (!(square > size * Rounding * row[i])) return false;
            row[i] = Math.Sqrt(square);
            row[(i + 1)..].Clear();
        }
        return true;
    }

    /// <summary>L⁻¹ in place of L.</summary>
    public static void Invert(Span<double> factor, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var inverse = 1 / factor[i * size + i];
            // Columns from the left: row i of the inverse reads its own numbers to the right, which are still L's.
            for (var j = 0; j < i; j++)
            {
                var sum = 0.0;
                for (var k = j; k < i; k++) sum += factor[i * size + k] * factor[k * size + j];
                factor[i * size + j] = -sum * inverse;
            }
            factor[i * size + i] = inverse;
        }
    }

    /// <summary>
    /// Of a positive semi-definite matrix, with the largest diagonal first, until what is left is rounding (Higham 2002).
    /// Rows keep their order, so that L is not triangular.
    /// </summary>
    /// <param name="matrix">[size × size], symmetric; overwritten.</param>
    /// <param name="size">Rows.</param>
    /// <returns>Lᵀ, [rank × size].</returns>
    public static double[][] SemiDefinite(double[] matrix, int size)
    {
        var largest = 0.0;
        for (var i = 0; i < size; i++) largest = Math.Max(largest, matrix[i * size + i]);
        var (columns, limit) = (new List<double[]>(), size * Rounding * largest);
        for (var rank = 0; rank < size; rank++)
        {
            var pivot = 0;
            for (var i = 1; i < size; i++)
                if (matrix[i * size + i] > matrix[pivot * size + pivot]) pivot = i;
            var square = matrix[pivot * size + pivot];
            if (!(square > limit)) break;
            var column = matrix.AsSpan(pivot * size, size).ToArray();
            var root = Math.Sqrt(square);
            for (var i = 0; i < size; i++) column[i] /= root;
            for (var i = 0; i < size; i++) DoubleRows.Add(matrix.AsSpan(i * size, size), -column[i], column);
            // What is left of it is 0 but for rounding.
            matrix.AsSpan(pivot * size, size).Clear();
            for (var i = 0; i < size; i++) matrix[i * size + pivot] = 0;
            columns.Add(column);
        }
        return [.. columns];
    }
}
