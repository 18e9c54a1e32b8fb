using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>The loop around an update rule: whole vectors, then single elements.</summary>
static class UpdateLoop<TRule, TVector> where TRule : struct, IUpdateRule where TVector : struct, IVector<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in TRule shared, int start, int end)
    {
        // A copy on the stack whose address never leaves: its fields become registers.
        var rule = shared;
        var last = end - TVector.Count;
        for (; start <= last; start += TVector.Count) rule.At<TVector>(start);
        for (; start < end; start++) rule.At<Lanes1>(start);
    }
}
