using Xunit;
using Zoo.Generators.Graphs;

namespace Zoo.Tests.Oracle;

/// <summary>The generator of random programs reaches all of the IR.</summary>
public class RandomGraphTests
{
    [Fact]
    public void EveryOpOccurs()
    {
        var seen = Enumerable.Range(0, 400).SelectMany(seed => Topology.Sort([RandomGraphs.Create(seed).Loss])).Select(n => n.Op)
            .ToHashSet();
        // What passes put in, or programs hold, is not something that a declaration writes.
        Assert.Empty(Enum.GetValues<Op>().Except(seen).Except([Op.State, Op.Carried]));
    }

    [Fact]
    public void TheSameSeedGivesTheSameProgram() =>
        Assert.Equal(new Roots<string>([("loss", RandomGraphs.Create(5).Loss)]),
            new Roots<string>([("loss", RandomGraphs.Create(5).Loss)]));
}
