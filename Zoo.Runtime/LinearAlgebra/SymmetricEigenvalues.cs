namespace Zoo.Runtime;

/// <summary>
/// Eigenvalues of a symmetric matrix in double precision: Householder's reduction to three diagonals, then QL steps with implicit shifts
/// (Golub and Van Loan 2013; the EISPACK pair TRED1 and TQL1). Each is right to a small multiple of the rounding
/// of the largest one's size.
/// </summary>
static class SymmetricEigenvalues
{
    const double Rounding = 2.220446049250313e-16;

    // TQL1 gives up after thirty for one eigenvalue; two or three are usual.
    const int MostSteps = 60;

    /// <param name="matrix">[size × size], symmetric and finite; overwritten.</param>
    /// <param name="size">Rows, at least 1.</param>
    /// <returns>In no particular order.</returns>
    public static double[] Of(double[] matrix, int size)
    {
        var (diagonal, beside) = (new double[size], new double[size]);
        Reduce(matrix, size, diagonal, beside);
        Diagonalise(diagonal, beside);
        return diagonal;
    }

    /// <summary>
    /// Reflections I − β·v·vᵀ from both sides, each of which leaves one number beside the diagonal in a row and a column.
    /// </summary>
    static void Reduce(double[] a, int size, double[] diagonal, double[] beside)
    {
        var (reflected, update) = (new double[size], new double[size]);
        for (var k = 0; k + 2 < size; k++)
        {
            var rest = size - k - 1;
            Span<double> v = reflected.AsSpan(0, rest), w = update.AsSpan(0, rest);
            a.AsSpan(k * size + k + 1, rest).CopyTo(v);
            var largest = 0.0;
            foreach (var value in v) largest = Math.Max(largest, Math.Abs(value));
            if (largest == 0) continue;
            // Scaled, so that squares neither overflow nor vanish.
            for (var i = 0; i < rest; i++) v[i] /= largest;
            var norm = v[0] > 0 ? -Math.Sqrt(DoubleRows.Dot(v, v)) : Math.Sqrt(DoubleRows.Dot(v, v));
            beside[k] = norm * largest;
            v[0] -= norm;
            var beta = -1 / (norm * v[0]);
            for (var i = 0; i < rest; i++) w[i] = beta * DoubleRows.Dot(v, a.AsSpan((k + 1 + i) * size + k + 1, rest));
            DoubleRows.Add(w, -beta / 2 * DoubleRows.Dot(v, w), v);
            for (var i = 0; i < rest; i++)
            {
                var row = a.AsSpan((k + 1 + i) * size + k + 1, rest);
                DoubleRows.Add(row, -v[i], w);
                DoubleRows.Add(row, -w[i], v);
            }
        }
        for (var i = 0; i < size; i++) diagonal[i] = a[i * size + i];
        if (size > 1) beside[size - 2] = a[(size - 2) * size + size - 1];
    }

    static void Diagonalise(double[] d, double[] e)
    {
        var largest = 0.0;
        for (var i = 0; i < d.Length; i++) largest = Math.Max(largest, Math.Abs(d[i]) + Math.Abs(e[i]));
        // What is small beside its neighbours counts as 0, and so does what moves no root of an eigenvalue by more than its rounding.
        bool IsNothing(int i) => Math.Abs(e[i]) <= Rounding * (Math.Abs(d[i]) + Math.Abs(d[i + 1]) + Rounding * largest);
        for (var first = 0; first < d.Length; first++)
        {
            for (var step = 0; ; step++)
            {
                var last = first;
                while (last + 1 < d.Length && !IsNothing(last)) last++;
                if (last == first) break;
                if (step == MostSteps) throw new InvalidOperationException($"No eigenvalue after {step} steps of QL.");
                Step(d, e, first, last);
            }
        }
    }

    /// <summary>One QL step with Wilkinson's shift on the block from the first row to the last.</summary>
    static void Step(double[] d, double[] e, int first, int last)
    {
        var ratio = (d[first + 1] - d[first]) / (2 * e[first]);
        var g = d[last] - d[first] + e[first] / (ratio + Math.CopySign(double.Hypot(ratio, 1), ratio));
        var (sine, cosine, shift) = (1.0, 1.0, 0.0);
        for (var i = last - 1; i >= first; i--)
        {
            var (f, b) = (sine * e[i], cosine * e[i]);
            var radius = double.Hypot(f, g);
            e[i + 1] = radius;
            if (radius == 0)
            {
                // The block falls apart here.
                d[i + 1] -= shift;
                e[last] = 0;
                return;
            }
            (sine, cosine) = (f / radius, g / radius);
            g = d[i + 1] - shift;
            radius = (d[i] - g) * sine + 2 * cosine * b;
            shift = sine * radius;
            d[i + 1] = g + shift;
            g = cosine * radius - b;
        }
        d[first] -= shift;
        e[first] = g;
        e[last] = 0;
    }
}
