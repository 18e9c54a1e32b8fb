using System.Runtime.CompilerServices;
using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests.Memory;

public class ArenaTests
{
    /// <summary>From 2 MiB on an arena begins with a page of that size, so that all of it can lie in such pages.</summary>
    [Theory]
    [InlineData(1 << 18, Arena.Alignment)]
    [InlineData(1 << 19, 1 << 21)]
    [InlineData(3 << 19, 1 << 21)]
    public unsafe void LargeOnesBeginWithAPage(long floats, int alignment)
    {
        using var arena = new Arena(floats);
        Assert.Equal(0, (nint)arena.Base.Address % alignment);
        Assert.Equal(floats, arena.Length);
        Assert.All(arena.AsSpan().ToArray(), x => Assert.Equal(0, x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1_000_003)]
    public unsafe void Memory_is_zero_and_aligned(int length)
    {
        using var arena = new Arena(length);
        Assert.Equal(length, arena.Length);
        Assert.Equal(0u, (nuint)arena.Base.Address % Arena.Alignment);
        Assert.False(arena.AsSpan().ContainsAnyExcept(0f));
        arena.AsSpan().Fill(1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1L << 31)]
    [InlineData(long.MaxValue)]
    public void A_length_that_offsets_cannot_reach_is_refused(long length) =>
        Assert.Contains($"{length} were asked for", Assert.Throws<ArgumentOutOfRangeException>(() => new Arena(length)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void After_dispose_there_is_no_address()
    {
        var arena = new Arena(16);
        arena.Dispose();
        arena.Dispose();
        Assert.Throws<ObjectDisposedException>(() => arena.Base);
    }

    [Fact]
    public void A_dropped_arena_is_freed()
    {
        var before = Resident();
        for (var i = 0; i < 20; i++) Drop();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // 20 × 32 MB, all touched when cleared: leaking most of them would show, whatever other tests do meanwhile.
        Assert.InRange(Resident() - before, long.MinValue, 400L << 20);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Drop() => _ = new Arena(8 << 20);

    static long Resident()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
