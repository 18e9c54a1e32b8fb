using Zoo.Runtime;

namespace Zoo.Samples.Data;

/// <summary>
/// Two independent sources with the density e^(−√2·|s|) / √2, of variance 1, mixed by a random matrix and whitened: what a Gaussian machine
/// is known to find independent components in (Melchior, Wang and Wiskott 2017).
/// </summary>
internal static class LaplaceSources
{
    /// <summary>So many points, of which the first are for training, and the whitening comes from them alone.</summary>
    /// <param name="training">Points for training.</param>
    /// <param name="test">Points for the test.</param>
    /// <param name="seed">Of the mixing matrix and of the points.</param>
    public static ExampleSet Mixture(int training, int test, ulong seed)
    {
        var count = training + test;
        var (source, matrix) = (Philox.DrawKey(seed, "data:source"), Philox.DrawKey(seed, "data:mixing"));
        double M(int row, int column) => Philox.Normal(matrix, 0, 0, row, column);
        var points = new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            double s = Source(source, i, 0), t = Source(source, i, 1);
            (points[2 * i], points[2 * i + 1]) = (M(0, 0) * s + M(0, 1) * t, M(1, 0) * s + M(1, 1) * t);
        }
        Whiten(points, training);
        float[] Part(int from, int to) => Array.ConvertAll(points[from..to], v => (float)v);
        return new("Two Laplace sources, mixed and whitened", Part(0, 2 * training), Part(2 * training, points.Length), 0, 2);
    }

    /// <summary>By the inverse of the distribution function.</summary>
    static double Source(ulong key, int row, int column)
    {
        var u = Philox.Uniform(key, 0, 0, row, column) - 0.5 + 1.0 / (1 << 25);
        return -Math.Sign(u) * Math.Log(1 - 2 * Math.Abs(u)) / Math.Sqrt(2);
    }

    /// <summary>Mean 0 and covariance I over the first points, by the symmetric square root of the inverse covariance (ZCA).</summary>
    static void Whiten(double[] points, int count)
    {
        var (x, y) = (Enumerable.Range(0, count).Average(i => points[2 * i]), Enumerable.Range(0, count).Average(i => points[2 * i + 1]));
        double Covariance(int a, int b) =>
            Enumerable.Range(0, count).Average(i => (points[2 * i + a] - (a == 0 ? x : y)) * (points[2 * i + b] - (b == 0 ? x : y)));
        var (xx, xy, yy) = (Covariance(0, 0), Covariance(0, 1), Covariance(1, 1));
        // √C = (C + √det·I) / √(tr + 2√det) of two dimensions; its inverse is (adj C + √det·I) / (√det·√(tr + 2√det)).
        var root = Math.Sqrt(xx * yy - xy * xy);
        var scale = 1 / (root * Math.Sqrt(xx + yy + 2 * root));
        for (var i = 0; i < points.Length; i += 2)
        {
            var (u, v) = (points[i] - x, points[i + 1] - y);
            (points[i], points[i + 1]) = (scale * ((yy + root) * u - xy * v), scale * ((xx + root) * v - xy * u));
        }
    }
}
