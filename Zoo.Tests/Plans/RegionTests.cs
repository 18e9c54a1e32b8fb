using Zoo.Generators.Plans;
using Zoo.Generators.Plans.Verification;

namespace Zoo.Tests.Plans;

/// <summary>Regions against the floats that they stand for, one by one.</summary>
public class RegionTests
{
    /// <summary>Axes as plans have them, nested, and some that interlock.</summary>
    static (Region Region, List<long> Floats) Random(Random random)
    {
        var start = random.Next(8);
        var axes = new List<Axis> { new(random.Next(1, 5), random.Next(6) == 0 ? 0 : 1) };
        var extent = axes[0].Count;
        for (var i = random.Next(3); i > 0; i--)
        {
            var stride = random.Next(4) switch { 0 => random.Next(1, 8), 1 => extent, _ => extent + random.Next(4) };
            var axis = new Axis(random.Next(1, 4), stride);
            axes.Add(axis);
            extent = axis.Count * axis.Stride;
        }
        List<long> Steps(Axis axis, long from) => [.. Enumerable.Range(0, (int)axis.Count).Select(i => from + i * axis.Stride)];
        var floats = axes.Aggregate(new List<long> { start }, (reached, axis) => [.. reached.SelectMany(from => Steps(axis, from))]);
        return (Region.Of(start, [.. axes.OrderBy(_ => random.Next())]), floats);
    }

    static IEnumerable<long> Floats(Region region) =>
        region.Runs().SelectMany(run => Enumerable.Range(0, (int)region.Width).Select(i => run + i)).Distinct().Order();

    [Fact]
    public void AreTheFloatsOfTheirAxes()
    {
        var random = new Random(1);
        var (oneToOne, covering, apart) = (0, 0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var ((a, inA), (b, inB)) = (Random(random), Random(random));
            Assert.Equal(inA.Min(), a.Start);
            Assert.Equal(inA.Max() + 1, a.End);
            Assert.Equal(inA.Distinct().Order(), Floats(a));
            if (a.IsOneToOne) Assert.Equal(inA.Count, inA.Distinct().Count());
            Assert.Equal(inA.Intersect(inB).Any(), a.Overlaps(b));
            if (a.PlainlyCovers(b)) Assert.Empty(inB.Except(inA));
            if (a.IsOneToOne) oneToOne++;
            if (a.PlainlyCovers(b)) covering++;
            if (!a.Overlaps(b)) apart++;
        }
        // Each answer is common enough to mean something.
        Assert.All([oneToOne, covering, apart], count => Assert.InRange(count, 500, 19_500));
    }

    [Fact]
    public void AMapsOperandReachesWhatItsAddressesSay()
    {
        // Rows 2 × 3 of an axis order turned round, columns of 4.
        var turned = new Operand(0, 5, new([new RowTerm(3, 0, 4), new RowTerm(1, 3, 8)]), 1);
        var rows = Enumerable.Range(0, 6).Select(row => 5L + row / 3 * 4 + row % 3 * 8);
        var floats = rows.SelectMany(start => Enumerable.Range(0, 4).Select(column => start + column)).Order();
        var region = Region.Of(turned, 6, 4);
        Assert.True(region.IsOneToOne);
        Assert.Equal(floats, Floats(region));
        // A row of numbers that all rows write.
        Assert.False(Region.Of(new Operand(0, 0, new([]), 1), 2, 4).IsOneToOne);
        Assert.True(Region.Of(new Operand(0, 0, new([]), 1), 1, 4).IsOneToOne);
        Assert.False(Region.Of(new Operand(0, 0, new([new RowTerm(1, 3, 4)]), 1), 6, 4).IsOneToOne);
    }
}
