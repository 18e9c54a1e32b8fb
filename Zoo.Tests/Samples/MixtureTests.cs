using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;

namespace Zoo.Tests.Samples;

public sealed class MixtureTests
{
    [Fact]
    public void The_ring_has_eight_modes_an_eighth_of_a_turn_apart()
    {
        var (ring, modes) = (GaussianMixture.Ring, GaussianMixture.Ring.Modes.ToArray());
        Assert.Equal(8, ring.Count);
        for (var k = 0; k < 8; k++)
        {
            var (x, y) = (modes[2 * k], modes[2 * k + 1]);
            Assert.Equal(2 / 1.414, Math.Sqrt(x * x + y * y), 1e-6);
            var turn = Math.Atan2(y, x) / Math.Tau;
            Assert.Equal(k / 8.0, turn < -1e-9 ? turn + 1 : Math.Max(turn, 0), 1e-7);
        }
        Assert.Equal(0.02 / 1.414, ring.Deviation, 1e-12);
    }

    [Fact]
    public void The_grid_has_all_25_places()
    {
        var modes = GaussianMixture.Grid.Modes.ToArray();
        var places = Enumerable.Range(0, 25)
            .Select(k => (Math.Round(modes[2 * k] * 2.828, 4), Math.Round(modes[2 * k + 1] * 2.828, 4))).ToHashSet();
        double[] along = [-4, -2, 0, 2, 4];
        Assert.Equal(along.SelectMany(x => along.Select(y => (x, y))).ToHashSet(), places);
        Assert.Equal(0.05 / 2.828, GaussianMixture.Grid.Deviation, 1e-12);
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("grid")]
    public void Points_have_the_means_deviations_and_shares_of_the_mixture(string name)
    {
        var mixture = GaussianMixture.Named(name);
        var points = new MixtureBatches(mixture, 50_000, seed: 3).Next().Examples.ToArray();
        var coverage = mixture.Coverage(points);
        Assert.Equal(mixture.Count, coverage.Found);
        Assert.Equal(1 - Math.Exp(-4.5), coverage.HighQuality, 0.002);
        Assert.InRange(coverage.ReverseDivergence, 0, 0.002);
        // Modes are far apart, so the nearest is the one that a point was drawn from.
        var squares = 0.0;
        for (var i = 0; i < points.Length; i += 2)
        {
            squares += Enumerable.Range(0, mixture.Count)
                .Min(k => Math.Pow(points[i] - mixture.Modes[2 * k], 2) + Math.Pow(points[i + 1] - mixture.Modes[2 * k + 1], 2));
        }
        Assert.Equal(mixture.Deviation, Math.Sqrt(squares / points.Length), mixture.Deviation * 0.02);
    }

    [Fact]
    public void A_batch_is_a_function_of_seed_and_step()
    {
        var straight = new MixtureBatches(GaussianMixture.Ring, 16, seed: 7);
        float[][] batches = [.. Enumerable.Range(0, 5).Select(_ => straight.Next().Examples.ToArray())];
        var sought = new MixtureBatches(GaussianMixture.Ring, 16, seed: 7);
        foreach (var step in (int[])[3, 0, 4, 1])
        {
            sought.Seek(step);
            Assert.Equal(batches[step], sought.Next().Examples.ToArray());
        }
        Assert.Equal(5, batches.Select(batch => batch[0]).Distinct().Count());
        Assert.NotEqual(batches[0], new MixtureBatches(GaussianMixture.Ring, 16, seed: 8).Next().Examples.ToArray());
        // A larger batch begins with the points of a smaller one.
        Assert.Equal(batches[0], new MixtureBatches(GaussianMixture.Ring, 64, seed: 7).Next().Examples[..32].ToArray());
    }

    [Fact]
    public void A_batch_allocates_nothing()
    {
        var batches = new MixtureBatches(GaussianMixture.Grid, 256, seed: 1);
        batches.Next();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) batches.Next();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_those_there_are() =>
        Assert.Equal(
            "--data: expected ring or grid, because the points of this model are drawn, not read; got 'spiral'.",
            Assert.Throws<CommandException>(() => GaussianMixture.Named("spiral")).Message);
}
