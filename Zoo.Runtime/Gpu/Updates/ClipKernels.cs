using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>The factor that brings a gradient to at most a norm, computed and kept on the accelerator.</summary>
static class ClipKernels
{
    /// <summary>A group for each <see cref="Optimizer.NormBlock"/> gradients.</summary>
    public static KernelConfig SquaredNormConfig(in ClipArguments at) =>
        new(Math.Max(1, Optimizer.NormBlocks(at.Length)), GroupTree.Threads);

    /// <summary>One group.</summary>
    public static KernelConfig ScaleConfig => new(1, GroupTree.Threads);

    /// <summary>Sums of squares of each block.</summary>
    public static void SquaredNorm(ArrayView<float> memory, ClipArguments at)
    {
        var shared = SharedMemory.Allocate<float>(GroupTree.Threads);
        var (block, thread) = (Grid.IdxX, Group.IdxX);
        var start = block * Optimizer.NormBlock;
        var end = Math.Min(start + Optimizer.NormBlock, at.Length);
        var sum = new Lane(0);
        for (var i = start + thread; i < end; i += GroupTree.Threads)
        {
            var g = Lane.Load(memory, at.Gradients + i);
            sum = Lane.MultiplyAdd(g, g, sum);
        }
        GroupTree.Fold<Addition>(shared, thread, sum, 1);
        if (thread == 0 && start < at.Length) memory[at.Partials + block] = shared[0];
    }

    /// <summary>The factor from the sums: one group.</summary>
    public static void Scale(ArrayView<float> memory, ClipArguments at)
    {
        var shared = SharedMemory.Allocate<float>(GroupTree.Threads);
        var thread = Group.IdxX;
        var blocks = (at.Length + Optimizer.NormBlock - 1) / Optimizer.NormBlock;
        var sum = new Lane(0);
        for (var i = thread; i < blocks; i += GroupTree.Threads) sum += Lane.Load(memory, at.Partials + i);
        GroupTree.Fold<Addition>(shared, thread, sum, 1);
        if (thread == 0) Lane.Min(1, at.MaxNorm / (Lane.Sqrt(shared[0]) + 1e-6f)).Store(memory, at.Scale);
    }
}
