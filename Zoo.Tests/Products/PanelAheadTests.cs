using Zoo.Runtime;

namespace Zoo.Tests.Products;

/// <summary>What micro-kernels ask memory for is all of what comes next, each line of it once, and nothing afterwards.</summary>
public sealed unsafe class PanelAheadTests
{
    [Theory]
    [InlineData(64, 64, 2, 100)]
    [InlineData(256, 64, 4, 1000)]
    [InlineData(130, 37, 2, 784)]
    [InlineData(32, 5, 1, 16)]
    public void EveryLineIsAskedForOnce(int k, int rows, int lines, int step)
    {
        var start = (float*)0x10000;
        var ahead = new PanelAhead();
        ahead.Ask(start, step, rows, lines);
        var asked = new List<long>();
        var calls = 0;
        for (var panel = new Panel { K = k }; calls < 1000; calls++)
        {
            ahead.Deal(ref panel);
            if (panel.AheadStep == 0) break;
            // A micro-kernel asks at every fourth k, and may run over the end: nothing is read.
            for (var i = 0; i < k / 4; i++)
            {
                var at = panel.Ahead + i * panel.AheadStep - start;
                if (at % step / PanelAhead.LineFloats < lines && at / step < rows) asked.Add(at);
            }
        }
        Assert.Equal(lines * ((rows + k / 4 - 1) / (k / 4)), calls);
        var wanted = Enumerable.Range(0, lines).SelectMany(line => Enumerable.Range(0, rows), (line, row) => (long)row * step + line * 16);
        Assert.Equal(wanted.Order(), asked.Order());
    }

    [Fact]
    public void NothingIsALineInCache()
    {
        var ahead = new PanelAhead();
        var near = (float*)0x10000;
        ahead.Rest(near);
        var panel = new Panel { K = 256, AheadStep = 1 };
        ahead.Deal(ref panel);
        Assert.True(panel.Ahead == near && panel.AheadStep == 0);
    }

    /// <summary>Of windows: both stretches from end to end, then memory near by.</summary>
    [Theory]
    [InlineData(256, 5000, 300)]
    [InlineData(100, 1, 4096)]
    [InlineData(37, 0, 700)]
    public void StretchesAreAskedForToTheirEnds(int k, int first, int second)
    {
        float* rest = (float*)0x10000, one = (float*)0x100000, other = (float*)0x200000;
        var ahead = new StretchesAhead(rest);
        Assert.True(ahead.Deal(k) == rest);
        ahead.Ask(one, first, other, second);
        var asked = new HashSet<nint>();
        for (var calls = 0; calls < 1000; calls++)
        {
            var at = ahead.Deal(k);
            if (at == rest) break;
            for (var i = 0; i < k * StretchesAhead.Each; i++) asked.Add((nint)(at + i));
        }
        Assert.All(Enumerable.Range(0, first), i => Assert.Contains((nint)(one + i), asked));
        Assert.All(Enumerable.Range(0, second), i => Assert.Contains((nint)(other + i), asked));
        Assert.True(ahead.Deal(k) == rest);
    }
}
