using Zoo.Runtime;

namespace Zoo.Tests.Products;

/// <summary>A program that is one call.</summary>
sealed class TeamCall(Action<Worker> execute) : TeamProgram
{
    public override void Execute(Worker worker) => execute(worker);
}

/// <summary>Stretches of memory full of numbers.</summary>
sealed class Numbers : IDisposable
{
    readonly Arena arena;

    public Numbers(params int[] lengths)
    {
        arena = new(lengths.Sum());
        var random = new Random(lengths[0]);
        foreach (ref var x in arena.Base.AsSpan(arena.Length)) x = (float)(random.NextDouble() * 2 - 1);
        Parts = [.. lengths.Select((_, i) => arena.Base.At(lengths.Take(i).Sum()))];
    }

    public Floats[] Parts { get; }

    public void Dispose() => arena.Dispose();
}
