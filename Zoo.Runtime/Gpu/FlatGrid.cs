using ILGPU;

namespace Zoo.Runtime;

/// <summary>The grid of kernels whose threads are numbered through and do not meet: each guards against numbers past the end.</summary>
static class FlatGrid
{
    /// <summary>Threads of a group.</summary>
    public const int GroupSize = 256;

    /// <summary>So many threads or more; one group where there is nothing to do, because an empty grid cannot be launched.</summary>
    public static KernelConfig For(int threads) => new(Math.Max(1, (threads + GroupSize - 1) / GroupSize), GroupSize);
}
