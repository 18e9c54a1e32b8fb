using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Passes.Fusion;

namespace Zoo.Tests.Passes;

/// <summary>The structures that keep passes linear, against the plain way to answer the same question.</summary>
public class OrderTests
{
    /// <summary>
    /// Random graphs of groups that grow, come to need each other and join; who needs whom, against a search through everything.
    /// </summary>
    [Fact]
    public void WhoNeedsWhomIsWhatASearchThroughEverythingSays()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new System.Random(seed);
            var order = new GroupOrder();
            var groups = new List<FormingGroup>();
            for (var step = 0; step < 150; step++)
            {
                var (a, b) = (Pick(), Pick());
                switch (random.Next(4))
                {
                    case 0:
                        groups.Add(new(TensorType.Shared()));
                        order.Add(groups[^1]);
                        break;
                    case 1 when a is not null && b is not null && a != b && !Needs(a, b) && !Needs(b, a):
                        order.Merge(a, b);
                        break;
                    case 2 or 3 when a is not null && b is not null && a != b && !Needs(b, a):
                        order.Need(a, b);
                        break;
                }
                foreach (var (from, to) in Enumerable.Range(0, 10).Select(_ => (Pick(), Pick())))
                    if (from is not null && to is not null && from != to) Assert.Equal(Needs(from, to), order.Reaches(from, to));
            }

            FormingGroup? Pick() => groups.Count == 0 ? null : groups[random.Next(groups.Count)].Representative;
        }

        static bool Needs(FormingGroup from, FormingGroup to)
        {
            var seen = new HashSet<FormingGroup>();
            bool Visit(FormingGroup group) => seen.Add(group) && group.Needs.Select(n => n.Representative).Any(n => n == to || Visit(n));
            return Visit(from.Representative);
        }
    }

    [Fact]
    public void GroupsThatWouldWaitForEachOtherAreAFault()
    {
        var order = new GroupOrder();
        FormingGroup[] groups = [new(TensorType.Shared()), new(TensorType.Shared()), new(TensorType.Shared())];
        foreach (var group in groups) order.Add(group);
        order.Need(groups[1], groups[0]);
        order.Need(groups[2], groups[1]);
        Assert.Throws<InvalidOperationException>(() => order.Need(groups[0], groups[2]));
    }

    /// <summary>The first free stretch, against a walk over all that are taken.</summary>
    [Fact]
    public void TheFirstFreeStretchIsTheOneThatAWalkFinds()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new System.Random(seed);
            var levels = random.Next(1, 40);
            var occupancy = new Occupancy(levels);
            var taken = new List<(int First, int Last, int Start, int End)>();
            for (var i = 0; i < 120; i++)
            {
                var first = random.Next(levels);
                var last = random.Next(first, random.Next(3) == 0 ? levels : Math.Min(levels, first + 3));
                var (size, from) = (16 * random.Next(1, 9), 16 * random.Next(3));
                var expected = from;
                foreach (var other in taken.Where(t => t.First <= last && first <= t.Last).OrderBy(t => t.Start))
                {
                    if (other.Start - expected >= size) break;
                    expected = Math.Max(expected, other.End);
                }
                Assert.Equal(expected, occupancy.FirstFree(first, last, size, from));
                occupancy.Take(first, last, expected, size);
                taken.Add((first, last, expected, expected + size));
            }
        }
    }
}
