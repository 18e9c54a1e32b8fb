namespace Zoo.Runtime;

/// <summary>One thread of a team, as the body of a program sees it.</summary>
public sealed class Worker
{
    /// <summary>Ordinal in the team; 0 is the caller.</summary>
    public int Index { get; }

    /// <summary>Workers in the team.</summary>
    public int Count { get; }

    /// <summary>Vector width that kernels use.</summary>
    public VectorWidth Width { get; }

    internal Worker(int index, int count, VectorWidth width) => (Index, Count, Width) = (index, count, width);

    /// <summary>The contiguous share of <paramref name="items"/> that falls to this worker.</summary>
    public (int From, int To) Share(int items) => ((int)((long)items * Index / Count), (int)((long)items * (Index + 1) / Count));
}
