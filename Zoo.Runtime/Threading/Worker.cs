namespace Zoo.Runtime;

/// <summary>One thread of a team, as the body of a program sees it.</summary>
public sealed class Worker
{
    readonly TeamBarrier barrier;

    /// <summary>Ordinal in the team; 0 is the caller.</summary>
    public int Index { get; }

    /// <summary>Workers that take part in the running program.</summary>
    public int Count { get; internal set; }

    /// <summary>Vector width that kernels use.</summary>
    public VectorWidth Width { get; }

    /// <summary>Where products keep packed panels: bounded, so that no model has to plan for it.</summary>
    internal Arena Panels { get; } = new(Scratch.Floats);

    internal Worker(int index, int count, VectorWidth width) : this(index, count, width, new TeamBarrier(count)) { }

    internal Worker(int index, int count, VectorWidth width, TeamBarrier barrier) =>
        (Index, Count, Width, this.barrier) = (index, count, width, barrier);

    /// <summary>The contiguous share of <paramref name="items"/> that falls to this worker.</summary>
    public (int From, int To) Share(int items) => ((int)((long)items * Index / Count), (int)((long)items * (Index + 1) / Count));

    /// <summary>
    /// Waits until every worker that takes part has come here. What any of them wrote before is visible to all of them after.
    /// </summary>
    public void Barrier()
    {
        if (Count > 1) barrier.Wait();
    }

    internal void Release() => Panels.Dispose();
}
