using System.Runtime.CompilerServices;
using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// Folds one number of each thread of a group in shared memory, always in the same order: ILGPU's own reductions add with atomics, whose
/// order changes
/// from run to run.
/// </summary>
static class GroupTree
{
    /// <summary>Threads of a group, and elements of the shared memory.</summary>
    public const int Threads = 256;

    /// <summary>
    /// Leaves in shared[i], i below <paramref name="results"/>, the fold of the values of threads i, i + results, i + 2·results, … All
    /// threads must call it,
    /// and only thread i may read element i without a barrier.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fold<TFold>(ArrayView<float> shared, int thread, Lane value, int results) where TFold : struct, IFold
    {
        value.Store(shared, thread);
        for (var half = Threads / 2; half >= results; half >>= 1)
        {
            Group.Barrier();
            if (thread < half) TFold.Combine(Lane.Load(shared, thread), Lane.Load(shared, thread + half)).Store(shared, thread);
        }
    }
}
