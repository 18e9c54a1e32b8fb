using Xunit;
using Zoo.Samples.Pictures;

namespace Zoo.Tests.Samples;

public sealed class PrincipalComponentsTests
{
    [Fact]
    public void Planted_directions_are_found_in_order_of_their_variance()
    {
        // In the plane: ±3 along (0.6, 0.8), ±1 along (−0.8, 0.6), around (5, −2).
        float[] rows = [.. from a in (float[])[-3,
            3] from b in (float[])[-1, 1] from x in (float[])[5 + 0.6f * a - 0.8f * b, -2 + 0.8f * a + 0.6f * b] select x];
        var components = PrincipalComponents.Of(rows, 2);
        Assert.Equal(9, components.Variances[0], 5);
        Assert.Equal(1, components.Variances[1], 5);
        Assert.Equal(0.9, components.Share(0), 5);
        Assert.Equal(3, components.Project([5 + 1.8f, -2 + 2.4f], 0), 5);
        Assert.Equal(0, components.Project([5 + 1.8f, -2 + 2.4f], 1), 5);
        // The largest entry of (−0.8, 0.6) is made positive.
        Assert.Equal(2, components.Project([5 + 1.6f, -2 - 1.2f], 1), 5);
    }

    [Fact]
    public void Projections_are_uncorrelated_and_keep_all_variance()
    {
        const int Size = 20, Count = 300;
        var random = new Random(3);
        var mixing = Enumerable.Range(0, Size * Size).Select(_ => random.NextDouble() - 0.5).ToArray();
        var rows = new float[Count * Size];
        for (var row = 0; row < Count; row++)
        {
            var source = Enumerable.Range(0, Size).Select(_ => random.NextDouble() - 0.5).ToArray();
            for (var i = 0; i < Size; i++)
                rows[row * Size + i] = (float)Enumerable.Range(0, Size).Sum(j => mixing[i * Size + j] * source[j]);
        }
        var components = PrincipalComponents.Of(rows, Size);
        var projected = Enumerable.Range(0, Size)
            .Select(k => Enumerable.Range(0, Count).Select(row => components.Project(rows.AsSpan(row * Size, Size), k)).ToArray())
            .ToArray();
        Assert.Equal(components.Variances.OrderDescending(), components.Variances);
        for (var a = 0; a < Size; a++)
        {
            for (var b = 0; b < Size; b++)
            {
                var covariance = Enumerable.Range(0, Count).Average(row => projected[a][row] * projected[b][row]);
                Assert.Equal(a == b ? components.Variances[a] : 0, covariance, 9);
            }
        }
        var total = Enumerable.Range(0, Size).Sum(i =>
        {
            var column = Enumerable.Range(0, Count).Select(row => (double)rows[row * Size + i]).ToArray();
            var mean = column.Average();
            return column.Average(x => (x - mean) * (x - mean));
        });
        Assert.Equal(total, components.Variances.Sum(), 9);
    }

    [Fact]
    public void Points_that_do_not_spread_have_no_variance_and_project_to_zero()
    {
        var components = PrincipalComponents.Of([1f, 2f, 1f, 2f], 2);
        Assert.Equal((0.0, 0.0), (components.Share(0), components.Project([1f, 2f], 0)));
    }
}
