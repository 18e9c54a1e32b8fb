using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Zoo.Runtime;

/// <summary>
/// Asks for a line of memory before it is needed. Any address will do, also one past the end of what there is: nothing is read.
/// </summary>
static unsafe class Cache
{
    /// <summary>Into L1: what is read or written within some hundred cycles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Near(float* line)
    {
        if (Sse.IsSupported) Sse.Prefetch0(line);
    }

    /// <summary>Into L2: what comes after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ahead(float* line)
    {
        if (Sse.IsSupported) Sse.Prefetch1(line);
    }
}
