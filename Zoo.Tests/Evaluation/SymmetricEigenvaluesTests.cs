using Zoo.Runtime;

namespace Zoo.Tests.Metrics;

public sealed class SymmetricEigenvaluesTests
{
    /// <summary>The matrix of second differences, in which no reflection is needed: 2 − 2·cos(kπ / (n + 1)).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public void Of_second_differences_are_known(int size)
    {
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            matrix[i * size + i] = 2;
            if (i > 0) matrix[i * size + i - 1] = matrix[(i - 1) * size + i] = -1;
        }
        Compare([.. Enumerable.Range(1, size).Select(k => 2 - 2 * Math.Cos(k * Math.PI / (size + 1)))], matrix, 1e-14);
    }

    /// <summary>H·D·H with H = I − 2·u·uᵀ / |u|² has the eigenvalues of D, of whatever sizes, several or none of them 0.</summary>
    [Theory]
    [InlineData(7, 1)]
    [InlineData(40, 1)]
    [InlineData(40, 1e-170)]
    [InlineData(40, 1e150)]
    public void Of_a_reflected_diagonal_are_its_own(int size, double unit)
    {
        double Eigenvalue(int i) => i % 3 == 0 ? 0 : unit * Math.Pow(2, i % 11 - 5) * (i % 2 == 0 ? 1 : -1);
        double[] diagonal = [.. Enumerable.Range(0, size).Select(Eigenvalue)];
        double[] u = [.. ReferenceRows.Of(3, size, 1).Select(value => (double)value)];
        var scale = 2 / u.Sum(value => value * value);
        double H(int i, int j) => (i == j ? 1 : 0) - scale * u[i] * u[j];
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                matrix[i * size + j] = Enumerable.Range(0, size).Sum(k => H(Math.Min(i, j), k) * diagonal[k] * H(k, Math.Max(i, j)));
        Compare(diagonal, matrix, 1e-13 * 32 * unit);
    }

    [Fact]
    public void Of_nothing_are_0() => Compare(new double[5], new double[25], 0);

    static void Compare(double[] expected, double[] matrix, double tolerance)
    {
        double[] sorted = [.. expected.Order()], found = [.. SymmetricEigenvalues.Of(matrix, expected.Length).Order()];
        for (var i = 0; i < sorted.Length; i++) Assert.InRange(found[i], sorted[i] - tolerance, sorted[i] + tolerance);
    }
}
