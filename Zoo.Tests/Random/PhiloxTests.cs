using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests;

public sealed class PhiloxTests
{
    // Random123's known answers for philox4x32 with 10 rounds: counter, key, block.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void KnownAnswers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3)
    {
        var key = (ulong)k1 << 32 | k0;
        Assert.Equal((r0, r1, r2, r3), Philox.Block(c0, c1, c2, c3, key));
        Assert.Equal([r0, r1, r2, r3], Lanes<Lanes1>(c0, c1, c2, c3, key));
        Assert.Equal([r0, r1, r2, r3], Lanes<Lanes4>(c0, c1, c2, c3, key));
        Assert.Equal([r0, r1, r2, r3], Lanes<Lanes8>(c0, c1, c2, c3, key));
        Assert.Equal([r0, r1, r2, r3], Lanes<Lanes16>(c0, c1, c2, c3, key));
    }

    static unsafe uint[] Lanes<V>(uint c0, uint c1, uint c2, uint c3, ulong key) where V : struct, IVector<V>
    {
        var (w0, w1, w2, w3) = Philox.Blocks(V.BroadcastBits(c0), V.BroadcastBits(c1), V.BroadcastBits(c2), V.BroadcastBits(c3), key);
        var lanes = stackalloc float[64];
        w0.Store(new(lanes), 0);
        w1.Store(new(lanes), 16);
        w2.Store(new(lanes), 32);
        w3.Store(new(lanes), 48);
        var bits = (uint*)lanes;
        var last = V.Count - 1;
        return [bits[0], bits[16 + last], bits[32], bits[48 + last]];
    }

    // FNV-1a, 64 bits, from the test vectors of its authors.
    [Theory]
    [InlineData("", 0xcbf29ce484222325UL)]
    [InlineData("a", 0xaf63dc4c8601ec8cUL)]
    [InlineData("foobar", 0x85944171f73967e8UL)]
    public void NamesAreHashedByFnv1a(string name, ulong hash)
    {
        Assert.Equal(hash, Philox.DrawKey(0, name));
        Assert.Equal(hash ^ 42, Philox.DrawKey(42, name));
    }

    [Fact]
    public void EveryCoordinateMatters()
    {
        var key = Philox.DrawKey(1, "epsilon");
        var numbers = new HashSet<float>
        {
            Philox.Normal(key, 5, 0, 3, 2),
            Philox.Normal(Philox.DrawKey(2, "epsilon"), 5, 0, 3, 2),
            Philox.Normal(Philox.DrawKey(1, "z"), 5, 0, 3, 2),
            Philox.Normal(key, 6, 0, 3, 2),
            Philox.Normal(key, 5 + (1L << 32), 0, 3, 2),
            Philox.Normal(key, 5, 1, 3, 2),
            Philox.Normal(key, 5, 0, 4, 2),
            Philox.Normal(key, 5, 0, 3, 3),
            Philox.Normal(key, 5, 0, 3, 6),
        };
        Assert.Equal(9, numbers.Count);
    }

    [Theory]
    [InlineData(-1L, 0, 0L, "step", "-1")]
    [InlineData(1L << 48, 0, 0L, "step", "281474976710656")]
    [InlineData(0L, 65536, 0L, "iteration", "65536")]
    [InlineData(0L, 0, 1L << 32, "rows", "4294967296")]
    [InlineData(0L, 0, -1L, "rows", "-1")]
    public void CoordinatesThatDoNotFitTheCounterAreRefused(long step, int iteration, long row, string what, string number)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Philox.Uniform(1, step, iteration, row, 0));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(number, error.Message, StringComparison.Ordinal);
    }
}
