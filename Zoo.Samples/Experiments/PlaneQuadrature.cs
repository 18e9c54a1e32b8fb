namespace Zoo.Samples.Experiments;

/// <summary>
/// log p(x) of a model with codes in the plane, z ~ N(0, I), and Bernoulli examples, by quadrature: the integral of p(x|z)·p(z) over a
/// square, cut into small ones that are taken at their middles. Nothing is drawn, so nothing is noise; for a smooth decoder the error falls
/// faster than any power of the side.
/// </summary>
internal static class PlaneQuadrature
{
    /// <summary>Beyond it lies less than 2e-9 of the prior.</summary>
    const double Reach = 6;

    /// <summary>Of each side.</summary>
    const int Cells = 400;

    /// <param name="decode">Writes the means of the examples for codes of two numbers.</param>
    /// <param name="examples">[count × <paramref name="size"/>], each number 0 or 1.</param>
    /// <param name="size">Of an example.</param>
    /// <returns>Nats, one for each example.</returns>
    public static double[] LogLikelihood(Decode decode, ReadOnlySpan<float> examples, int size)
    {
        var (sums, side) = (new double[examples.Length / size], 2 * Reach / Cells);
        var (codes, means) = (new float[2 * Cells], new float[Cells * size]);
        for (var i = 0; i < Cells; i++)
        {
            for (var j = 0; j < Cells; j++) (codes[2 * j], codes[2 * j + 1]) = ((float)Middle(i), (float)Middle(j));
            decode(codes, means);
            for (var j = 0; j < Cells; j++)
            {
                var weight = side * side / Math.Tau * Math.Exp(-(Middle(i) * Middle(i) + Middle(j) * Middle(j)) / 2);
                for (var row = 0; row < sums.Length; row++)
                    sums[row] += weight * Probability(examples.Slice(row * size, size), means.AsSpan(j * size, size));
            }
        }
        return [.. sums.Select(sum => Math.Log(sum))];

        double Middle(int cell) => (cell + 0.5) * side - Reach;
    }

    static double Probability(ReadOnlySpan<float> example, ReadOnlySpan<float> means)
    {
        var product = 1.0;
        for (var i = 0; i < example.Length; i++) product *= example[i] > 0.5f ? means[i] : 1.0 - means[i];
        return product;
    }
}

/// <summary>Writes the means of examples for codes, one after the other.</summary>
internal delegate void Decode(ReadOnlySpan<float> codes, Span<float> means);
